/// Where the parts of a multipart body lie (RFC 2046, section 5.1.1).
///
/// A part is its header lines and its content as they are, without the line breaks that belong to the delimiters.
/// Nothing but delimiters is looked at; ``MultipartForm`` reads what the parts say.
package struct MultipartLayout: Sendable, Hashable {
    /// Those that a delimiter follows.
    package let parts: [Range<Int>]

    /// Whether the delimiter with two hyphens at its end, after which no part comes, was there.
    package let isClosed: Bool

    /// Whether any delimiter line has something other than blanks after the delimiter, or ends in a lone line feed.
    package let hasStrayBytes: Bool

    /// - Parameters:
    ///   - bytes: the whole body.
    ///   - boundary: as the content type names it, without the hyphens before it; not empty.
    /// - Complexity: O(*n*) in the bytes.
    package init(of bytes: UnsafeRawBufferPointer, boundary: String) {
        let delimiter = Array("--\(boundary)".utf8)
        var parts: [Range<Int>] = []
        var partStart: Int?
        var lineStart = 0
        var isClosed = false
        var hasStrayBytes = false
        while true {
            if bytes.has(delimiter, at: lineStart) {
                if let start = partStart { parts.append(start..<max(start, bytes.end(beforeLineBreakAt: lineStart))) }
                var end = lineStart + delimiter.count
                isClosed = bytes.has([UInt8(ascii: "-"), UInt8(ascii: "-")], at: end)
                if isClosed { end += 2 }
                let lineFeed = bytes[end...].firstIndex(of: UInt8(ascii: "\n"))
                if !bytes.isOnlyBlanks(end..<(lineFeed ?? bytes.count), isLast: isClosed && lineFeed == nil) {
                    hasStrayBytes = true
                }
                if isClosed { break }
                partStart = lineFeed.map { $0 + 1 } ?? bytes.count
            }
            guard lineStart < bytes.count, let lineFeed = bytes[lineStart...].firstIndex(of: UInt8(ascii: "\n")) else {
                break
            }
            lineStart = lineFeed + 1
        }
        self.parts = parts
        self.isClosed = isClosed
        self.hasStrayBytes = hasStrayBytes
    }
}

extension UnsafeRawBufferPointer {
    fileprivate func has(_ wanted: [UInt8], at start: Int) -> Bool {
        guard start + wanted.count <= count else { return false }
        for offset in wanted.indices where self[start + offset] != wanted[offset] { return false }
        return true
    }

    /// Where the line before the one that starts here ends.
    fileprivate func end(beforeLineBreakAt lineStart: Int) -> Int {
        lineStart >= 2 && self[lineStart - 2] == UInt8(ascii: "\r") ? lineStart - 2 : lineStart - 1
    }

    /// Whether these are spaces and tabs, with a carriage return at the end unless they are the body's last.
    fileprivate func isOnlyBlanks(_ range: Range<Int>, isLast: Bool) -> Bool {
        var blanks = self[range]
        if blanks.last == UInt8(ascii: "\r") { blanks.removeLast() } else if !isLast { return false }
        return blanks.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    }
}

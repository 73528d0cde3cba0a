internal import HTTPTypes
internal import NIOCore
internal import Tapes

/// The bytes of a head, in which only the digits of `Content-Length` may become others, and what it means.
struct RememberedHead {
    /// Up to the digits; all of it where there are none.
    private let start: ByteBuffer
    /// Behind the digits.
    private let rest: ByteBuffer
    /// With the length that came last.
    private(set) var opened: OpenedRequest

    /// Nil where the length that the head announces is not found in it.
    ///
    /// - Parameters:
    ///   - head: through its empty line.
    ///   - opened: what it means.
    init?(_ head: ByteBuffer, _ opened: OpenedRequest) {
        self.opened = opened
        self.opened.request.fieldNotes = FieldNotes()
        // Copies: slices would keep what came behind the head.
        let bytes = head.readableBytesView
        guard opened.lengthPlace != nil else {
            start = ByteBuffer(bytes: bytes)
            rest = ByteBuffer()
            return
        }
        guard let digits = bytes.digitsOfContentLength,
            opened.framing == .length(bytes[digits].lengthOfBody?.length ?? -1)
        else { return nil }
        start = ByteBuffer(bytes: bytes[..<digits.lowerBound])
        rest = ByteBuffer(bytes: bytes[digits.upperBound...])
    }

    /// Takes the same head away from the beginning of these bytes.
    ///
    /// - Returns: the length of the body it announces; nil for another head, or one that announces more than the limit.
    mutating func takeHead(from bytes: inout ByteBuffer, bodyByteLimit: Int) -> Int? {
        var left = bytes
        guard left.readSlice(length: start.readableBytes) == start else { return nil }
        guard let place = opened.lengthPlace else {
            bytes = left
            return 0
        }
        guard let (length, digitCount) = left.readableBytesView.lengthOfBody, length <= bodyByteLimit,
            let digits = left.readString(length: digitCount),
            left.readSlice(length: rest.readableBytes) == rest
        else { return nil }
        opened.announce(length, digits, at: place)
        bytes = left
        return length
    }
}

extension ByteBufferView {
    /// The number these bytes begin with, as a client writes it; nil for none, for zeros before it, and for too large a
    /// one.
    fileprivate var lengthOfBody: (length: Int, digitCount: Int)? {
        var length = 0
        var digitCount = 0
        for byte in self {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { break }
            guard digitCount < 15, length > 0 || digitCount == 0 else { return nil }
            length = 10 * length + Int(byte - UInt8(ascii: "0"))
            digitCount += 1
        }
        return digitCount == 0 ? nil : (length, digitCount)
    }

    /// Where the digits of `Content-Length` are in a head.
    fileprivate var digitsOfContentLength: Range<Index>? {
        let name = "content-length:".utf8
        var lineStart = startIndex
        while let lineEnd = self[lineStart...].firstIndex(of: UInt8(ascii: "\n")) {
            let line = self[lineStart..<lineEnd]
            if line.count > name.count, zip(line, name).allSatisfy({ $0 | 0x20 == $1 | 0x20 }) {
                let value = line.dropFirst(name.count).drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
                let digits = value.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
                return digits.startIndex..<digits.endIndex
            }
            lineStart = index(after: lineEnd)
        }
        return nil
    }
}

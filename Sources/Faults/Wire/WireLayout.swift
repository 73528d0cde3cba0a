internal import NIOCore
internal import Tapes

/// Where the parts of an HTTP/1.1 response lie in the bytes of a wire tape (RFC 9112).
///
/// Read from the bytes themselves, because earlier changes have moved everything.
struct WireLayout {
    enum Framing {
        case chunked, sized, untilClose
    }

    struct Field {
        /// In lower case.
        let name: String
        /// With its line end.
        let line: Range<Int>
    }

    struct Chunk {
        /// The hex digits.
        let size: Range<Int>
    }

    let bytes: [UInt8]

    /// The head of each informational response and of the last, real one; with their empty lines.
    let heads: [Range<Int>]

    /// The fields of the last head.
    let fields: [Field]

    let framing: Framing

    /// As far as they can be read, the last one of size 0 included; nil for other framings.
    private(set) var chunks: [Chunk]?

    /// Where the empty line after the trailers begins; nil when the body is not complete.
    private(set) var trailerEnd: Int?
}

extension WireLayout {
    /// Nil when there is no head.
    init?(_ wire: WireTape) {
        bytes = wire.writes.flatMap { Array($0.bytes.readableBytesView) }
        // Garbage may come before it.
        guard var position = bytes[...].firstRange(of: Array("HTTP/1.".utf8))?.lowerBound else { return nil }
        var heads: [Range<Int>] = []
        while let end = bytes[position...].emptyLine?.upperBound {
            heads.append(position..<end)
            let status = bytes[position..<end].dropFirst(9).prefix(3)
            guard status.first == UInt8(ascii: "1"), !status.elementsEqual("101".utf8) else { break }
            position = end
        }
        guard let head = heads.last else { return nil }
        self.heads = heads
        var fields: [Field] = []
        var framing = Framing.untilClose
        position = bytes[head].lineEnd?.upperBound ?? head.upperBound
        while let end = bytes[position..<head.upperBound].lineEnd?.upperBound, end > position + 2 {
            let line = bytes[position..<end]
            let name = String(decoding: line.prefix { $0 != UInt8(ascii: ":") }, as: UTF8.self).lowercased()
            fields.append(Field(name: name, line: position..<end))
            if name == "transfer-encoding", String(decoding: line, as: UTF8.self).containsIgnoringCase("chunked") {
                framing = .chunked
            } else if name == "content-length", framing == .untilClose {
                framing = .sized
            }
            position = end
        }
        self.fields = fields
        self.framing = framing
        if framing == .chunked { readChunks(from: head.upperBound) }
    }

    private mutating func readChunks(from start: Int) {
        var chunks: [Chunk] = []
        defer { self.chunks = chunks }
        var position = start
        while let line = bytes[position...].lineEnd {
            let digits = bytes[position..<line.lowerBound].prefix { Self.isHexDigit($0) }
            guard !digits.isEmpty, let size = Int(String(decoding: digits, as: UTF8.self), radix: 16) else { return }
            chunks.append(Chunk(size: digits.startIndex..<digits.endIndex))
            guard size > 0 else {
                trailerEnd = bytes[line.upperBound...].emptyLine?.lowerBound
                return
            }
            let (dataEnd, overflow) = line.upperBound.addingReportingOverflow(size)
            guard !overflow, dataEnd <= bytes.count - 2 else { return }
            position = dataEnd + 2
        }
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            true
        default: false
        }
    }
}

extension ArraySlice<UInt8> {
    /// The first CR LF.
    fileprivate var lineEnd: Range<Int>? {
        var rest = self
        while let end = rest.firstIndex(of: UInt8(ascii: "\r")) {
            rest = rest[(end + 1)...]
            if rest.first == UInt8(ascii: "\n") { return end..<(end + 2) }
        }
        return nil
    }

    /// The CR LF of the first empty line.
    fileprivate var emptyLine: Range<Int>? {
        var rest = self
        while let end = rest.lineEnd {
            if end.lowerBound == rest.startIndex { return end }
            rest = rest[end.upperBound...]
        }
        return nil
    }
}

extension WireTape {
    /// Changes the bytes; what is added leaves with the write before it.
    mutating func apply(_ edits: [ByteEdit]) {
        guard !edits.isEmpty else { return }
        let (frames, gap) = edits.applied(to: writes.map { Frame(gap: $0.gap, bytes: $0.bytes) })
        writes = frames.map { Write(gap: $0.gap, bytes: $0.bytes) }
        endingGap += gap
    }
}

/// What the deltas of an event stream say together, so that a secret cut over two of them is found.
///
/// The string members that carry text in the streams of the four inference APIs, joined per name. Only the source bytes
/// between the quotes are joined: no known shape needs an escape. Streams that mix several choices are joined in the
/// order they came, so that a secret cut within one of many choices can be missed.
struct DeltaText {
    private static let names = [
        "content", "text", "delta", "reasoning", "reasoning_content", "thinking", "arguments", "partial_json",
        "refusal",
    ].map { Array($0.utf8) }

    /// Joined source bytes, and where each piece of them lies in the body.
    struct Joined {
        var bytes: [UInt8] = []
        var pieces: [(start: Int, range: Range<Int>)] = []

        /// Where a range of the joined text lies in the body.
        func bodyRanges(of range: Range<Int>) -> [Range<Int>] {
            var ranges: [Range<Int>] = []
            for piece in pieces where piece.start < range.upperBound {
                let lower = max(range.lowerBound, piece.start) - piece.start + piece.range.lowerBound
                let upper = min(range.upperBound - piece.start, piece.range.count) + piece.range.lowerBound
                if lower < upper { ranges.append(lower..<upper) }
            }
            return ranges
        }
    }

    private(set) var joined: [Joined]

    init(_ body: UnsafeBufferPointer<UInt8>) {
        joined = Self.names.map { _ in Joined() }
        var lineStart = 0
        while lineStart < body.count {
            var lineEnd = lineStart
            while lineEnd < body.count, body[lineEnd] != 0x0A, body[lineEnd] != 0x0D {
                lineEnd += 1
            }
            if body.holds(Array("data:".utf8), at: lineStart) {
                collect(from: UnsafeBufferPointer(rebasing: body[..<lineEnd]), start: lineStart)
            }
            lineStart = lineEnd + 1
        }
        joined.removeAll { $0.pieces.count < 2 }
    }

    /// Walks from string to string; a string followed by a colon and another string is a member.
    private mutating func collect(from line: UnsafeBufferPointer<UInt8>, start: Int) {
        var index = start
        while let name = Self.string(in: line, from: index) {
            index = name.upperBound + 1
            guard
                let name = Self.names.firstIndex(where: {
                    $0.count == name.count && line.holds($0, at: name.lowerBound)
                })
            else { continue }
            var colon = index
            Self.skipBlanks(in: line, &colon)
            guard colon < line.count, line[colon] == UInt8(ascii: ":") else { continue }
            colon += 1
            Self.skipBlanks(in: line, &colon)
            guard colon < line.count, line[colon] == UInt8(ascii: "\""),
                let value = Self.string(in: line, from: colon)
            else { continue }
            joined[name].pieces.append((joined[name].bytes.count, value))
            joined[name].bytes.append(contentsOf: line[value])
            index = value.upperBound + 1
        }
    }

    /// The inside of the next string.
    private static func string(in line: UnsafeBufferPointer<UInt8>, from start: Int) -> Range<Int>? {
        guard start < line.count, let open = line[start...].firstIndex(of: UInt8(ascii: "\"")) else { return nil }
        var index = open + 1
        while index < line.count, line[index] != UInt8(ascii: "\"") {
            index += line[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        return index < line.count ? open + 1..<index : nil
    }

    private static func skipBlanks(in line: UnsafeBufferPointer<UInt8>, _ index: inout Int) {
        while index < line.count, line[index] == 0x20 || line[index] == 0x09 {
            index += 1
        }
    }
}

/// How the lines of an event stream are written where the format leaves a choice (HTML Standard, section 9.2.5).
struct LineStyle: Sendable, Hashable {
    enum Terminator: Sendable, Hashable {
        case lf, crlf, cr
        /// Each line another one of the three.
        case mixed
    }

    enum Space: Sendable, Hashable {
        case one, none
        /// Two before JSON, where white space is free.
        case two
        /// None before the sentinel, one elsewhere.
        case noneAtSentinel
    }

    enum DataSplit: Sendable, Hashable {
        case whole
        /// So many lines, cut between tokens.
        case lines(Int)
        /// A line for each token.
        case tokens
    }

    /// What is missing at the end.
    enum Tail: Sendable, Hashable {
        case whole
        /// The empty line.
        case withoutBlankLine
        /// The empty line and the end of the line before it.
        case withoutLineEnd
    }

    var terminator = Terminator.lf
    var space = Space.one
    var dataSplit = DataSplit.whole
    /// Stands between the data lines of one event; nil for nothing.
    var dataNote: String?
    var tail = Tail.whole
    var startsWithMark = false
}

/// The bytes of a body, and where its parts lie.
struct WrittenStream: Sendable {
    struct Part: Sendable {
        var role: Block.Role
        var range: Range<Int>
        var gap: Duration
    }

    var bytes: [UInt8] = []
    var parts: [Part] = []

    init(_ blocks: [Block], _ lines: LineStyle, _ spelling: JSONSpelling) {
        if lines.startsWithMark { bytes += [0xEF, 0xBB, 0xBF] }
        var lineCount = 0
        let last = blocks.lastIndex { $0.payload != nil }
        for (index, block) in blocks.enumerated() {
            // The mark belongs to the first part.
            let start = parts.isEmpty ? 0 : bytes.count
            var texts = block.leading.map { Array($0.utf8) }
            let space = lines.space == .none ? "" : " "
            if let event = block.event { texts.append(Array("event:\(space)\(event)".utf8)) }
            if let payload = block.payload { texts += Self.dataLines(payload, block.role, lines, spelling) }
            texts += block.trailing.map { Array($0.utf8) }
            if block.isEnded { texts.append([]) }
            // Where something follows, it would become a part of the block.
            let tail = index == last && index == blocks.count - 1 ? lines.tail : .whole
            if tail != .whole, texts.last == [] { texts.removeLast() }
            for (number, text) in texts.enumerated() {
                bytes += text
                if tail == .withoutLineEnd, number == texts.count - 1 { break }
                bytes += Self.terminator(lines.terminator, lineCount)
                lineCount += 1
            }
            parts.append(Part(role: block.role, range: start..<bytes.count, gap: block.gap))
        }
    }

    private static func terminator(_ terminator: LineStyle.Terminator, _ line: Int) -> [UInt8] {
        switch terminator {
        case .lf: [0x0A]
        case .crlf: [0x0D, 0x0A]
        case .cr: [0x0D]
        case .mixed: [[0x0D, 0x0A], [0x0A], [0x0D]][line % 3]
        }
    }

    private static func dataLines(
        _ payload: Block.Payload,
        _ role: Block.Role,
        _ lines: LineStyle,
        _ spelling: JSONSpelling
    ) -> [[UInt8]] {
        let isSentinel = role == .sentinel
        var prefix = "data: "
        if lines.space == .none || (lines.space == .noneAtSentinel && isSentinel) { prefix = "data:" }
        if lines.space == .two, !isSentinel { prefix = "data:  " }
        switch payload {
        case .raw(let bytes):
            return [Array(prefix.utf8) + bytes]
        case .json(let json):
            let text = spelling.bytes(json)
            let written = split(text, lines.dataSplit).map { Array(prefix.utf8) + $0 }
            guard let note = lines.dataNote else { return written }
            return Array(written.map { [$0] }.joined(separator: [Array(note.utf8)]))
        }
    }

    private static func split(_ text: [UInt8], _ split: LineStyle.DataSplit) -> [ArraySlice<UInt8>] {
        let boundaries = JSONSpelling.tokenBoundaries(in: text)
        let cuts: [Int]
        switch split {
        case .whole: cuts = []
        case .tokens: cuts = boundaries
        case .lines(let count):
            cuts = (1..<max(2, count)).compactMap { number in
                boundaries.isEmpty ? nil : boundaries[min(boundaries.count - 1, boundaries.count * number / count)]
            }
        }
        var lines: [ArraySlice<UInt8>] = []
        var start = 0
        for cut in Set(cuts).sorted() where cut > start {
            lines.append(text[start..<cut])
            start = cut
        }
        return lines + [text[start...]]
    }
}

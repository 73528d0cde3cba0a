internal import HTTPTypes
internal import NIOCore
internal import Tapes

/// Where the blocks, lines and fields of an event stream lie in a body (HTML Standard, section 9.2.5).
///
/// What the lines mean is ServerSentEvents' business; this is about bytes that are to be changed in place.
struct EventStreamLayout {
    struct Line {
        /// Without the line end.
        let content: Range<Int>
        /// After the line end; the content's end where the body ends inside the line.
        let end: Int
        /// Empty for a comment.
        let name: Range<Int>
        /// Without one space after the colon; empty at the line's end when there is no colon.
        let value: Range<Int>
        let hasColon: Bool
        let isData: Bool

        var terminator: Range<Int> { content.upperBound..<end }
    }

    /// Lines up to and with the next empty one.
    struct Block {
        let lines: [Line]
        /// Whether the empty line is there.
        let isFinished: Bool
        /// Whether it is dispatched as an event.
        let isEvent: Bool

        var range: Range<Int> { (lines.first?.content.lowerBound ?? 0)..<(lines.last?.end ?? 0) }
    }

    let bytes: [UInt8]

    /// Where the first line begins: after the byte order mark, if there is one.
    let start: Int

    let blocks: [Block]

    /// Blocks that are dispatched, the sentinel among them; what faults count as events.
    let events: [Block]
}

extension EventStreamLayout {
    static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    init(_ bytes: [UInt8]) {
        let start = bytes.starts(with: Self.byteOrderMark) ? Self.byteOrderMark.count : 0
        var blocks: [Block] = []
        var lines: [Line] = []
        var position = start
        while position < bytes.count {
            let line = Self.line(at: position, in: bytes)
            lines.append(line)
            position = line.end
            let isFinished = line.content.isEmpty
            guard isFinished || position == bytes.count else { continue }
            blocks.append(
                Block(lines: lines, isFinished: isFinished, isEvent: isFinished && lines.contains(where: \.isData))
            )
            lines = []
        }
        self.bytes = bytes
        self.start = start
        self.blocks = blocks
        events = blocks.filter(\.isEvent)
    }

    private static func line(at start: Int, in bytes: [UInt8]) -> Line {
        let isLineEnd: (UInt8) -> Bool = { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
        let contentEnd = bytes[start...].firstIndex(where: isLineEnd) ?? bytes.count
        var end = min(contentEnd + 1, bytes.count)
        if end < bytes.count, bytes[contentEnd] == UInt8(ascii: "\r"), bytes[end] == UInt8(ascii: "\n") { end += 1 }
        let content = bytes[start..<contentEnd]
        let colon = content.firstIndex(of: UInt8(ascii: ":"))
        var valueStart = colon.map { $0 + 1 } ?? contentEnd
        if valueStart < contentEnd, bytes[valueStart] == UInt8(ascii: " ") { valueStart += 1 }
        let name = start..<(colon ?? contentEnd)
        return Line(
            content: start..<contentEnd,
            end: end,
            name: name,
            value: valueStart..<contentEnd,
            hasColon: colon != nil,
            isData: bytes[name].elementsEqual("data".utf8)
        )
    }

    /// The data of an event: the values of its `data` lines, joined by LF.
    func data(of block: Block) -> [UInt8] {
        Array(block.lines.filter(\.isData).map { bytes[$0.value] }.joined(separator: [UInt8(ascii: "\n")]))
    }

    /// Events that are OpenRouter's end mark `[DONE]`, with or without blanks around it.
    func isSentinel(_ block: Block) -> Bool {
        String(decoding: data(of: block), as: UTF8.self).trimmingBlanks() == "[DONE]"
    }
}

extension AlteredTape {
    /// The body as an event stream; nil for other bodies, and for those that came compressed.
    var eventStream: EventStreamLayout? {
        guard mediaType == "text/event-stream", tape.allowsBody, hasPlainBody else { return nil }
        return EventStreamLayout(Array(tape.body.readableBytesView))
    }

    /// Whether the body's bytes are those of its media type.
    var hasPlainBody: Bool {
        let coding = tape.head?.fields[.contentEncoding]
        return coding == nil || coding == "identity"
    }

    /// Changes the body if it is an event stream.
    mutating func editEventStream(_ edits: (EventStreamLayout) -> [ByteEdit]) {
        guard let stream = eventStream else { return }
        tape.apply(edits(stream))
    }
}

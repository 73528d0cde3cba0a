internal import ServerSentEvents
internal import Testing

@Suite("Event stream encoder")
struct EventStreamEncoderTests {
    private static func text(_ write: (inout [UInt8]) throws -> Void) rethrows -> String {
        var bytes: [UInt8] = []
        try write(&bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test(
        "Data becomes one line for each of its lines",
        arguments: [
            ("{}", "data: {}\n\n"),
            ("", "data: \n\n"),
            ("a\nb", "data: a\ndata: b\n\n"),
            ("a\rb", "data: a\ndata: b\n\n"),
            ("a\r\nb", "data: a\ndata: b\n\n"),
            ("a\n\rb", "data: a\ndata: \ndata: b\n\n"),
            ("\n", "data: \ndata: \n\n"),
            ("a\r", "data: a\ndata: \n\n"),
            (" a", "data:  a\n\n"),
            ("a\u{2028}b\u{85}", "data: a\u{2028}b\u{85}\n\n"),
        ]
    )
    func data(payload: String, written: String) {
        #expect(Self.text { EventStreamEncoder().data(payload, into: &$0) } == written)
        #expect(Self.text { EventStreamEncoder().data(payload.utf8.lazy.map { $0 }, into: &$0) } == written)
    }

    @Test("A payload of raw bytes is written as it is")
    func rawPayload() {
        var bytes: [UInt8] = []
        EventStreamEncoder().data([0xFF, 0x00, 0xC3], into: &bytes)
        #expect(bytes == Array("data: ".utf8) + [0xFF, 0x00, 0xC3] + "\n\n".utf8)
    }

    @Test(
        "Data that is written in place is as data that is handed over",
        arguments: EventStreamEncoder.LineEnding.allCases
    )
    func dataInPlace(lineEnding: EventStreamEncoder.LineEnding) {
        let encoder = EventStreamEncoder(lineEnding: lineEnding)
        for payload in ["{\"a\":1}", ""] {
            let inPlace = Self.text { encoder.data(into: &$0) { $0 += payload.utf8 } }
            #expect(inPlace == Self.text { encoder.data(payload, into: &$0) })
        }
    }

    @Test("The processing comment has exactly the bytes that OpenRouter sends")
    func processingComment() {
        #expect(EventStreamEncoder().comment("OPENROUTER PROCESSING") == Array(": OPENROUTER PROCESSING\n\n".utf8))
    }

    @Test("Comments, times and types are blocks with the chosen line end")
    func otherBlocks() throws {
        let encoder = EventStreamEncoder(lineEnding: .carriageReturnLineFeed)
        #expect(Self.text { encoder.comment("a\nb", into: &$0) } == ": a\r\n: b\r\n\r\n")
        #expect(Self.text { encoder.retry(milliseconds: 250, into: &$0) } == "retry: 250\r\n\r\n")
        #expect(Self.text { encoder.retry(milliseconds: -1, into: &$0) } == "retry: 0\r\n\r\n")
        #expect(
            Self.text { encoder.event("ping", data: "{}".utf8, into: &$0) } == "event: ping\r\ndata: {}\r\n\r\n"
        )
        #expect(
            try Self.text { try encoder.event(type: "x", id: "", data: [], into: &$0) }
                == "event: x\r\nid: \r\ndata: \r\n\r\n"
        )
    }

    @Test("A type or an ID that no line can hold is refused and nothing is written")
    func unwritable() {
        var bytes: [UInt8] = []
        let encoder = EventStreamEncoder()
        #expect(throws: EventStreamEncodingError.lineBreakInType("a\r\nb")) {
            try encoder.event(type: "a\r\nb", data: [], into: &bytes)
        }
        #expect(throws: EventStreamEncodingError.unwritableID("a\nb")) {
            try encoder.event(type: nil, id: "a\nb", data: [], into: &bytes)
        }
        #expect(throws: EventStreamEncodingError.unwritableID("\0")) {
            try encoder.event(ServerSentEvent(data: "", lastEventID: "\0"), into: &bytes)
        }
        #expect(bytes.isEmpty)
        #expect(
            EventStreamEncodingError.lineBreakInType("a\nb").description
                == #"the event type "a\nb" has a line break; a type is a single line"#
        )
        #expect(
            EventStreamEncodingError.unwritableID("\0").description
                == #"the event ID "\0" has a line break or NUL; an ID is a single line without NUL"#
        )
    }

    @Test("What the encoder writes, the parser reads", arguments: EventStreamEncoder.LineEnding.allCases, 0..<40)
    func roundTrip(lineEnding: EventStreamEncoder.LineEnding, seed: UInt64) throws {
        let encoder = EventStreamEncoder(lineEnding: lineEnding)
        var random = RandomEvents(seed: seed)
        var bytes: [UInt8] = []
        var expected: [EventStreamItem] = []
        var lastEventID = ""
        for _ in 0..<50 {
            let item = random.item(after: lastEventID)
            switch item {
            case .event(let event):
                try encoder.event(event, after: lastEventID, into: &bytes)
                lastEventID = event.lastEventID
            case .comment(let text):
                encoder.comment(text, into: &bytes)
            case .retry(let milliseconds):
                encoder.retry(milliseconds: milliseconds, into: &bytes)
            }
            expected.append(item)
        }
        var parser = EventStreamParser()
        var items: [EventStreamItem] = []
        var position = 0
        while position < bytes.count {
            let end = min(bytes.count, position + Int.random(in: 1...30, using: &random))
            try parser.parse(bytes[position..<end], into: &items)
            position = end
        }
        #expect(items.map(\.exact) == expected.flatMap(\.read).map(\.exact))
        #expect(parser.finish() == nil)
    }
}

extension EventStreamItem {
    /// What a parser reads after the item was written: line breaks become LF, each comment line is an item.
    fileprivate var read: [EventStreamItem] {
        switch self {
        case .event(var event):
            event.data = event.data.lines.joined(separator: "\n")
            return [.event(event)]
        case .comment(let text):
            return text.lines.map { .comment($0) }
        case .retry:
            return [self]
        }
    }
}

extension String {
    /// The parts between CR, LF and CR LF.
    ///
    /// CR LF is a single `Character`.
    fileprivate var lines: [String] {
        split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r" || $0 == "\r\n" }.map { String($0) }
    }
}

/// Random items from a seed, made of characters that matter to the format.
///
/// SplitMix64.
private struct RandomEvents: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func item(after lastEventID: String) -> EventStreamItem {
        switch Int.random(in: 0..<6, using: &self) {
        case 0:
            return .comment(text(breaks: true))
        case 1:
            return .retry(milliseconds: Int.random(in: 0...Int.max, using: &self))
        default:
            let type = Bool.random(using: &self) ? ServerSentEvent.defaultType : "t" + text(breaks: false)
            let id = Bool.random(using: &self) ? lastEventID : text(breaks: false)
            return .event(ServerSentEvent(type: type, data: text(breaks: true), lastEventID: id))
        }
    }

    private mutating func text(breaks: Bool) -> String {
        let pieces = ["a", " ", ":", "data: ", "é", "漢", "🙂", "\t", "\u{2028}", "\u{FEFF}", "{\"a\":1}", "[DONE]"]
        let all = breaks ? pieces + ["\n", "\r", "\r\n", "\0"] : pieces
        var text = ""
        for _ in 0..<Int.random(in: 0..<12, using: &self) { text += all.randomElement(using: &self) ?? "" }
        return text
    }
}

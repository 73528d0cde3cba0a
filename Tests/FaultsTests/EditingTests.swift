internal import NIOCore
internal import ServerSentEvents
internal import Tapes
internal import Testing

@testable internal import Faults

@Suite("Edits of bytes in frames")
struct ByteEditTests {
    /// Edits of the body `abcdef` in the frames `ab`, `cd` (after a tick), `ef` (after two).
    @Test(
        "Edits change bytes and leave the frames' times",
        arguments: [
            ([], "200 'ab'-'cd'--'ef'|"),
            ([.insertion(of: "X".utf8, at: 0)], "200 'Xab'-'cd'--'ef'|"),
            ([.insertion(of: "X".utf8, at: 1)], "200 'aXb'-'cd'--'ef'|"),
            ([.insertion(of: "X".utf8, at: 2)], "200 'abX'-'cd'--'ef'|"),
            ([.insertion(of: "X".utf8, at: 2, joinsNext: true)], "200 'ab'-'Xcd'--'ef'|"),
            ([.insertion(of: "X".utf8, at: 6)], "200 'ab'-'cd'--'efX'|"),
            ([.insertion(of: "X".utf8, at: 6, joinsNext: true)], "200 'ab'-'cd'--'efX'|"),
            ([.removal(of: 2..<4)], "200 'ab'---'ef'|"),
            ([.removal(of: 1..<5)], "200 a---f|"),
            ([.removal(of: 4..<6)], "200 'ab'-'cd'--|"),
            ([.removal(of: 0..<6)], "200 ---|"),
            ([ByteEdit(range: 1..<5, bytes: Array("X".utf8))], "200 'aX'---f|"),
            ([.insertion(of: [Frame(gap: Tape.tick, "X")], at: 0)], "200 -X'ab'-'cd'--'ef'|"),
            ([.insertion(of: [Frame(gap: Tape.tick, "X")], at: 2)], "200 'ab'-X-'cd'--'ef'|"),
            ([.insertion(of: [Frame(gap: Tape.tick, "X")], at: 3)], "200 'ab'-c-Xd--'ef'|"),
            ([.insertion(of: [Frame("X"), Frame("Y")], at: 6)], "200 'ab'-'cd'--'ef'XY|"),
            ([.removal(of: 0..<2), .insertion(of: "X".utf8, at: 3), .removal(of: 5..<6)], "200 -'cXd'--e|"),
        ] as [([ByteEdit], String)]
    )
    func editing(edits: [ByteEdit], result: String) throws {
        var tape = try Tape(diagram: "200 'ab'-'cd'--'ef'|", tick: Tape.tick)
        tape.apply(edits)
        #expect(tape.diagram(tick: Tape.tick) == result)
    }

    @Test("A body without frames gets one")
    func noFrames() throws {
        var tape = try Tape(diagram: "200 -|", tick: Tape.tick)
        tape.apply([.insertion(of: "X".utf8, at: 0)])
        #expect(tape.diagram(tick: Tape.tick) == "200 X-|")
    }

    @Test("An announced length stays as right or as wrong as it was", arguments: [(6, 7), (5, 6), (9, 10), (0, 1)])
    func length(before: Int, after: Int) throws {
        var tape = try Tape(diagram: "200 'abcdef'|", tick: Tape.tick)
        tape.announceLength(before)
        tape.apply([.insertion(of: "X".utf8, at: 3)])
        #expect(tape.head?.framing == .sized(after))
    }

    @Test("A chunk that was cut short stays cut short")
    func cutChunk() throws {
        var tape = try Tape(diagram: "200 'abcdef'|", tick: Tape.tick)
        tape.cut(atByte: 4, ending: .close, after: .zero)
        tape.apply([.insertion(of: "X".utf8, at: 0)])
        #expect(AlteredTape(tape).wireText.hasSuffix("\r\n\r\n7\r\nXabcd"))
    }
}

@Suite("Layout of event streams")
struct EventStreamLayoutTests {
    @Test(
        "Blocks end with their empty lines, and those with data are events",
        arguments: [
            ("", 0, 0), ("\n", 1, 0), ("data: a\n\n", 1, 1), ("data\n\n", 1, 1), ("data: a", 1, 0), ("data: a\n", 1, 0),
            (": c\n\ndata: a\n\n\n", 3, 1), ("\u{FEFF}data: a\r\n\r\ndata: b\r\r", 2, 2), ("Data: a\n\n", 1, 0),
            ("data: a\r\n\r", 1, 1), ("a: b\ndata:x\n\r\n", 1, 1), ("data: a\n\n\u{FEFF}data: b\n\n", 2, 1),
        ]
    )
    func blocks(text: String, blockCount: Int, eventCount: Int) {
        let layout = EventStreamLayout(Array(text.utf8))
        #expect(layout.blocks.count == blockCount)
        #expect(layout.events.count == eventCount)
    }

    @Test("Events have the data that the parser finds, and blocks lie end to end", arguments: 1...200)
    func agreement(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let tape = seed % 2 == 0 ? RandomTape.stream(using: &generator) : RandomTape.hostile(using: &generator)
        let bytes = Array(tape.body.readableBytesView)
        let layout = EventStreamLayout(bytes)
        var parser = EventStreamParser()
        let data = try parser.parse(bytes).compactMap { if case .event(let event) = $0 { event.data } else { nil } }
        #expect(layout.events.map { String(decoding: layout.data(of: $0), as: UTF8.self) } == data)
        #expect(
            layout.blocks.reduce(layout.start) { $0 == $1.range.lowerBound ? $1.range.upperBound : -1 } == bytes.count
        )
    }
}

@Suite("JSON tokens")
struct JSONTokenTests {
    @Test(
        "Tokens of an object or array are found",
        arguments: [
            ("{}", 2), ("[]", 2), (" {\"a\" : [1,-2e5,true,null]}\n", 13), (#"{"a\"}":"\\"}"#, 5), ("[[[]]]", 6),
        ]
    )
    func tokens(text: String, count: Int) {
        #expect(JSONToken.scan(Array(text.utf8))?.count == count)
    }

    @Test(
        "Anything else has none",
        arguments: [
            "", " ", "[DONE]", "1", "\"a\"", "null", "{", "}", "[}", "{\"a", "{\"a\\\"}", "{} {}", "{\"a\n\"}", "{x}",
        ]
    )
    func none(text: String) {
        #expect(JSONToken.scan(Array(text.utf8)) == nil)
    }
}

@Suite("Stored codings")
struct StoredCodingTests {
    @Test("gzip has the checksum and length that its RFC gives")
    func gzip() {
        var coding = StoredCoding(.gzip)
        var bytes = coding.write(ByteBuffer(string: "12345"), isLast: false)
        #expect(bytes.readableBytes == 10 + 5 + 5)
        bytes = coding.write(ByteBuffer(string: "6789"), isLast: true)
        #expect(Array(bytes.readableBytesView.suffix(8)) == [0x26, 0x39, 0xF4, 0xCB, 9, 0, 0, 0])
    }

    @Test("deflate has the checksum that its RFC gives")
    func deflate() {
        var coding = StoredCoding(.deflate)
        let bytes = coding.write(ByteBuffer(string: "123456789"), isLast: true)
        #expect(
            Array(bytes.readableBytesView)
                == [0x78, 1, 0, 9, 0, 0xF6, 0xFF] + Array("123456789".utf8) + [1, 0, 0, 0xFF, 0xFF, 9, 0x1E, 1, 0xDE]
        )
    }

    @Test("A block holds at most 65,535 bytes", arguments: [(0, 0), (1, 1), (65_535, 1), (65_536, 2), (131_071, 3)])
    func blocks(byteCount: Int, blockCount: Int) {
        var coding = StoredCoding(.deflate)
        let bytes = coding.write(ByteBuffer(repeating: 7, count: byteCount), isLast: false)
        #expect(bytes.readableBytes == 2 + byteCount + 5 * blockCount)
    }
}

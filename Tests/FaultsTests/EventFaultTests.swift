internal import Faults
internal import Tapes
internal import Testing

/// Each row is a fault, its arguments, and what becomes of one stream: two events a tick apart, the mark two ticks later.
@Suite("Faults of events and lines")
struct EventFaultTests {
    private static let stream = #"200 'data: {"t":1}\n\n'-'data: {"t":2}\n\n'--'data: [DONE]\n\n'|"#

    @Test(
        "Events are dropped, sent twice, repeated and exchanged",
        arguments: [
            ("drop_events", ["index": 0], #"200 -'data: {"t":2}\n\n'--'data: [DONE]\n\n'|"#),
            ("drop_events", ["index": 1], #"200 'data: {"t":1}\n\n'---'data: [DONE]\n\n'|"#),
            ("drop_events", ["index": -1], #"200 'data: {"t":1}\n\n'-'data: {"t":2}\n\n'--|"#),
            ("drop_events", ["index": 1, "count": 9], #"200 'data: {"t":1}\n\n'---|"#),
            ("drop_events", ["index": 3], stream),
            ("drop_events", ["index": -4], stream),
            ("drop_events", ["which": "all"], "200 ---|"),
            ("drop_events", ["which": "first", "count": 2], #"200 ---'data: [DONE]\n\n'|"#),
            ("drop_events", ["which": "last", "count": 2], #"200 'data: {"t":1}\n\n'---|"#),
            (
                "duplicate_events", ["index": 1],
                #"200 'data: {"t":1}\n\n'-'data: {"t":2}\n\n''data: {"t":2}\n\n'--'data: [DONE]\n\n'|"#
            ),
            (
                "repeat_events", ["index": 0, "count": 2, "every": .milliseconds(10)],
                #"200 'data: {"t":1}\n\n'-'data: {"t":2}\n\n'-'data: {"t":1}\n\ndata: {"t":2}\n\n'--'data: [DONE]\n\n'|"#
            ),
            (
                "repeat_events", ["index": -1, "times": 3],
                #"200 'data: {"t":1}\n\n'-'data: {"t":2}\n\n'--'data: [DONE]\n\n''data: [DONE]\n\n''data: [DONE]\n\n''data: [DONE]\n\n'|"#
            ),
            (
                "reorder_events", ["index": 0],
                #"200 'data: {"t":2}\n\n'-'data: {"t":1}\n\n'--'data: [DONE]\n\n'|"#
            ),
            (
                "reorder_events", ["which": "all", "count": 3],
                #"200 'data: [DONE]\n\n'-'data: {"t":2}\n\n'--'data: {"t":1}\n\n'|"#
            ),
            ("reorder_events", ["index": 0, "count": 1], stream),
            ("done", [:], #"200 'data: {"t":1}\n\n'-'data: {"t":2}\n\n'--|"#),
            (
                "done", ["variant": "twice"],
                #"200 'data: {"t":1}\n\n'-'data: {"t":2}\n\n'--'data: [DONE]\n\n''data: [DONE]\n\n'|"#
            ),
            ("done", ["variant": "padded"], #"200 'data: {"t":1}\n\n'-'data: {"t":2}\n\n'--'data:   [DONE] \n\n'|"#),
            (
                "done", ["variant": "data_after"],
                #"200 'data: {"t":1}\n\n'-'data: {"t":2}\n\n'--'data: [DONE]\n\n''data: {"t":1}\n\n'|"#
            ),
            (
                "done", ["variant": "linger", "linger": .milliseconds(30)],
                #"200 'data: {"t":1}\n\n'-'data: {"t":2}\n\n'--'data: [DONE]\n\n'---|"#
            ),
            (
                "empty_data", ["form": "bare"],
                #"200 'data: {"t":1}\n\n''data\n\n'-'data: {"t":2}\n\n''data\n\n'--'data: [DONE]\n\n'|"#
            ),
            (
                "empty_data", ["where": "before", "count": 2],
                #"200 'data:\n\n''data:\n\n''data: {"t":1}\n\n'-'data: {"t":2}\n\n'--'data: [DONE]\n\n'|"#
            ),
            (
                "empty_data", ["where": "after", "form": "space"],
                #"200 'data: {"t":1}\n\n'-'data: {"t":2}\n\n'--'data: [DONE]\n\n''data: \n\n'|"#
            ),
            ("unfinished_event", [:], #"200 'data: {"t":1}\n\n'-'data: {"t":2}\n\n'--'data: [DONE]\n'|"#),
            (
                "unfinished_event", ["missing": "line_end"],
                #"200 'data: {"t":1}\n\n'-'data: {"t":2}\n\n'--'data: [DONE]'|"#
            ),
        ] as [(String, [String: FaultValue], String)]
    )
    func events(name: String, arguments: [String: FaultValue], result: String) throws {
        #expect(try Tape.stream(Self.stream).diagram(name, arguments) == result)
    }

    @Test(
        "Lines are written another way, and come and go",
        arguments: [
            ("line_endings", [:], #"200 'data: {"t":1}\r\n\r\n'-'data: {"t":2}\r\n\r\n'--'data: [DONE]\r\n\r\n'|"#),
            ("line_endings", ["ending": "cr"], #"200 'data: {"t":1}\r\r'-'data: {"t":2}\r\r'--'data: [DONE]\r\r'|"#),
            ("line_endings", ["ending": "lf"], stream),
            ("bom", [:], "200 '\u{FEFF}" + stream.dropFirst(5)),
            (
                "bom", ["where": "later"],
                "200 'data: {\"t\":1}\\n\\n'-'\u{FEFF}data: {\"t\":2}\\n\\n'--'data: [DONE]\\n\\n'|"
            ),
            ("bom", ["where": "later", "index": 3], stream),
            ("comments", [:], "200 ': OPENROUTER PROCESSING\\n\\n'" + stream.dropFirst(4)),
            (
                "comments", ["text": "a\nb", "count": 2, "every": .milliseconds(10)],
                "200 -': a\\n: b\\n\\n'-': a\\n: b\\n\\n'" + stream.dropFirst(4)
            ),
            (
                "comments", ["where": "between", "text": ""],
                #"200 'data: {"t":1}\n\n'': \n\n'-'data: {"t":2}\n\n'': \n\n'--'data: [DONE]\n\n'|"#
            ),
            (
                "comments", ["where": "inside", "text": "c"],
                #"200 'data: {"t":1}\n'': c\n''\n'-'data: {"t":2}\n'': c\n''\n'--'data: [DONE]\n'': c\n''\n'|"#
            ),
            (
                "comments", ["where": "after", "text": "c"],
                #"200 'data: {"t":1}\n\n'-'data: {"t":2}\n\n'--'data: [DONE]\n\n'': c\n\n'|"#
            ),
            ("field_spacing", [:], #"200 'data:{"t":1}\n\n'-'data:{"t":2}\n\n'--'data:[DONE]\n\n'|"#),
            ("field_spacing", ["spaces": 1], stream),
            (
                "field_spacing", ["spaces": 2],
                #"200 'data:  {"t":1}\n\n'-'data:  {"t":2}\n\n'--'data: [DONE]\n\n'|"#
            ),
            (
                "multi_line_data", [:],
                #"200 'data: {"t":\ndata: 1}\n\n'-'data: {"t":\ndata: 2}\n\n'--'data: [DONE]\n\n'|"#
            ),
            (
                "multi_line_data", ["lines": 10_000],
                #"200 'data: {\ndata: "t"\ndata: :\ndata: 1\ndata: }\n\n'-'data: {\ndata: "t"\ndata: :\ndata: 2\ndata: }\n\n'--'data: [DONE]\n\n'|"#
            ),
            (
                "unknown_fields", ["field": "retry"],
                #"200 'retry: soon\ndata: {"t":1}\n\n'-'retry: soon\ndata: {"t":2}\n\n'--'retry: soon\ndata: [DONE]\n\n'|"#
            ),
            (
                "unknown_fields", ["field": "no_colon", "where": "after"],
                #"200 'data: {"t":1}\nheartbeat\n\n'-'data: {"t":2}\nheartbeat\n\n'--'data: [DONE]\nheartbeat\n\n'|"#
            ),
            (
                "unknown_fields", ["field": "null_id", "where": "alone"],
                #"200 'id: a\x00b\n\ndata: {"t":1}\n\n'-'id: a\x00b\n\ndata: {"t":2}\n\n'--'id: a\x00b\n\ndata: [DONE]\n\n'|"#
            ),
            (
                "blank_lines", ["count": 3],
                #"200 'data: {"t":1}\n\n''\n\n\n'-'data: {"t":2}\n\n''\n\n\n'--'data: [DONE]\n\n'|"#
            ),
            ("blank_lines", ["where": "before"], "200 '\\n'" + stream.dropFirst(4)),
            ("blank_lines", ["where": "after"], stream.dropLast() + "'\\n'|"),
        ] as [(String, [String: FaultValue], String)]
    )
    func lines(name: String, arguments: [String: FaultValue], result: String) throws {
        #expect(try Tape.stream(Self.stream).diagram(name, arguments) == result)
    }

    @Test("What is added has the stream's own line ends, and a mark at the start stays there")
    func ownLineEnds() throws {
        let tape = try Tape.stream(#"200 'data: {"t":1}\n\ndata: {"t":2}\n\n'|"#)
        let answer = try tape.altered([
            ("bom", [:]), ("line_endings", ["ending": "cr"]), ("blank_lines", [:]), ("multi_line_data", [:]),
            ("comments", [:]),
        ])
        #expect(
            answer.tape.diagram(tick: Tape.tick)
                == "200 '\u{FEFF}'': OPENROUTER PROCESSING\\n\\n''data: {\"t\":\\rdata: 1}\\r\\r''\\r''data: {\"t\":\\rdata: 2}\\r\\r'|"
        )
        #expect(answer.tape.origin.faults == ["bom", "line_endings", "blank_lines", "multi_line_data", "comments"])
    }

    @Test("A second byte order mark is not put before the first")
    func oneMark() throws {
        let tape = try Tape.stream(Self.stream)
        let answer = try tape.altered([("bom", [:]), ("bom", [:])])
        #expect(answer.tape.origin.faults == ["bom"])
    }

    @Test("A shuffled run is another one for another seed, and never the one that was")
    func shuffle() throws {
        let tape = try Tape.stream("200 " + (0..<6).map { "'data: \($0)\\n\\n'" }.joined() + "|")
        let arguments: [String: FaultValue] = ["order": "shuffle", "which": "all", "count": 6]
        let results = try (1...20).map { try tape.diagram("reorder_events", arguments, seed: $0) }
        #expect(Set(results).count > 10)
        #expect(!results.contains(tape.diagram(tick: Tape.tick)))
        #expect(try tape.diagram("reorder_events", arguments, seed: 5) == results[4])
    }

    @Test("A random place is every place for some seed")
    func randomPlace() throws {
        let tape = try Tape.stream(Self.stream)
        let results = try (1...40).map { try tape.diagram("drop_events", seed: $0) }
        #expect(Set(results).count == 3)
    }

    @Test("Repeating is bounded")
    func bounded() throws {
        let event = String(repeating: "x", count: 1 << 20)
        let tape = try Tape.stream("200 'data: \(event)\\n\\n'|")
        let answer = try tape.altered("repeat_events", ["times": 10_000])
        #expect(answer.tape.bodyByteCount < 66 << 20)
    }

    @Test(
        "An index and a place exclude each other",
        arguments: [
            "drop_events", "duplicate_events", "repeat_events", "reorder_events", "pause", "malformed_json", "bad_utf8",
        ]
    )
    func exclusion(name: String) throws {
        let expected = FaultArgumentError(
            parameter: "which",
            message: "'index' and 'which' both say which events are meant; leave one out"
        )
        #expect(throws: expected) { try FaultTable.make(name, ["index": 0, "which": "last"]) }
    }
}

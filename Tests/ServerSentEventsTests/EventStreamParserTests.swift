internal import ServerSentEvents
internal import Testing

@Suite("Event stream parser")
struct EventStreamParserTests {
    @Test(
        "Every row of the table of blocks gives its event, however it is split",
        arguments: [
            EventStreamRow("data: a\n\n", .message("a")),
            EventStreamRow("data:a\n\n", .message("a")),
            EventStreamRow("data:  a \n\n", .message(" a ")),
            EventStreamRow("data:\ta\n\n", .message("\ta")),
            EventStreamRow("data: a\ndata: b\n\n", .message("a\nb")),
            EventStreamRow("data\n\n", .message("")),
            EventStreamRow("data:\n\n", .message("")),
            EventStreamRow("data: \n\n", .message("")),
            EventStreamRow("data\ndata\n\n", .message("\n")),
            EventStreamRow("event: x\n\ndata: a\n\n", .message("a")),
            EventStreamRow("id: 7\n\n", lastEventID: "7"),
            EventStreamRow("retry: 9\n\n", .retry(milliseconds: 9)),
            EventStreamRow(": note\n\n", .comment("note")),
            EventStreamRow("\n\n\n\n"),
            EventStreamRow("data: {\n: note\ndata: }\n\n", .comment("note"), .message("{\n}")),
            EventStreamRow(
                "data: a",
                unfinished: UnfinishedEventBlock(endsInsideLine: true, event: ServerSentEvent(data: "a"))
            ),
            EventStreamRow(
                "data: a\n",
                unfinished: UnfinishedEventBlock(endsInsideLine: false, event: ServerSentEvent(data: "a"))
            ),
            EventStreamRow("data: a\n\r", .message("a")),
        ]
    )
    func blocks(row: EventStreamRow) throws {
        try row.check()
    }

    @Test(
        "Every row of the table of fields has its effect, however it is split",
        arguments: [
            EventStreamRow("event: x\ndata: a\n\n", .event(ServerSentEvent(type: "x", data: "a"))),
            EventStreamRow("event: x\nevent: y\ndata:\n\n", .event(ServerSentEvent(type: "y", data: ""))),
            EventStreamRow("event: x\nevent\ndata: a\n\n", .message("a")),
            EventStreamRow(
                "id: 7\ndata: a\n\ndata: b\n\n",
                .event(ServerSentEvent(data: "a", lastEventID: "7")),
                .event(ServerSentEvent(data: "b", lastEventID: "7")),
                lastEventID: "7"
            ),
            EventStreamRow("id: 7\nid: 8\0\ndata: a\n\n", .event(.init(data: "a", lastEventID: "7")), lastEventID: "7"),
            EventStreamRow("id: 7\n\nid\ndata: a\n\n", .message("a")),
            EventStreamRow("retry: 0250\n", .retry(milliseconds: 250)),
            EventStreamRow("retry:1\nretry: 2\n", .retry(milliseconds: 1), .retry(milliseconds: 2)),
            EventStreamRow("retry: 99999999999999999999\n", .retry(milliseconds: .max)),
            EventStreamRow("retry: 99999999999999999990\n", .retry(milliseconds: .max)),
            EventStreamRow("retry\nretry:\nretry: 1 \nretry:  1\nretry: +1\nretry: 1.5\nretry: ٣\n"),
            EventStreamRow("Data: a\n data: b\ndata : c\ndatas: d\ndat: e\nx\nx: y\n\n"),
            EventStreamRow("data: a: b\n\n", .message("a: b")),
            EventStreamRow(":\n::\n:  a\n:a\n", .comment(""), .comment(":"), .comment(" a"), .comment("a")),
        ]
    )
    func fields(row: EventStreamRow) throws {
        try row.check()
    }

    @Test(
        "Lines end at CR, LF and CR LF and nowhere else, however they are split",
        arguments: [
            EventStreamRow("data: a\r\rdata: b\r\r", .message("a"), .message("b")),
            EventStreamRow("data: a\r\n\r\ndata: b\r\n\r\n", .message("a"), .message("b")),
            EventStreamRow("data: a\r\n\ndata: b\n\r\n", .message("a"), .message("b")),
            EventStreamRow("data: a\rdata: b\ndata: c\r\n\r", .message("a\nb\nc")),
            EventStreamRow("data: a\n\r\rdata: b\n\n", .message("a"), .message("b")),
            EventStreamRow("\r\n\r\r\n\n\rdata: a\r\n\r", .message("a")),
            EventStreamRow(
                "data: \u{0}\t\u{B}\u{C}\u{1C}\u{1D}\u{1E}\u{85}\u{2028}\u{2029}\n\n",
                .message("\u{0}\t\u{B}\u{C}\u{1C}\u{1D}\u{1E}\u{85}\u{2028}\u{2029}")
            ),
            EventStreamRow("data: é漢🙂e\u{301}\n\n", .message("é漢🙂e\u{301}")),
        ]
    )
    func lineEnds(row: EventStreamRow) throws {
        try row.check()
    }

    @Test(
        "One byte order mark at the start is removed, no other one",
        arguments: [
            EventStreamRow("\u{FEFF}data: a\n\n", .message("a")),
            EventStreamRow("\u{FEFF}\n: x\n", .comment("x")),
            EventStreamRow("\u{FEFF}"),
            EventStreamRow("\u{FEFF}\u{FEFF}data: a\n\n"),
            EventStreamRow("data: a\n\n\u{FEFF}data: b\n\n", .message("a")),
            EventStreamRow("\n\u{FEFF}data: b\n\n"),
            EventStreamRow("data: \u{FEFF}a\n\n", .message("\u{FEFF}a")),
            EventStreamRow(bytes: [0xEF, 0xBB], unfinished: .init(endsInsideLine: true, event: nil)),
            EventStreamRow(bytes: [0xEF, 0xBB] + "data: a\n\n".utf8),
        ]
    )
    func byteOrderMark(row: EventStreamRow) throws {
        try row.check()
    }

    @Test(
        "Each maximal ill-formed part becomes one U+FFFD",
        arguments: [
            ([0xFF], "\u{FFFD}"),
            ([0xC3], "\u{FFFD}"),
            ([0xC3, 0x28], "\u{FFFD}("),
            ([0xC0, 0x80], "\u{FFFD}\u{FFFD}"),
            ([0xE2, 0x82], "\u{FFFD}"),
            ([0xE2, 0x82, 0x41], "\u{FFFD}A"),
            ([0xED, 0xA0, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}"),
            ([0xF0, 0x80, 0x80, 0x41], "\u{FFFD}\u{FFFD}\u{FFFD}A"),
            ([0xF0, 0x9F, 0x99], "\u{FFFD}"),
            ([0xF0, 0x9F, 0x99, 0xF0, 0x9F, 0x99, 0x82], "\u{FFFD}🙂"),
            ([0xF4, 0x90, 0x80, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"),
        ] as [([UInt8], String)]
    )
    func illFormedText(bytes: [UInt8], text: String) throws {
        let data = Array("data: ".utf8) + bytes
        try EventStreamRow(bytes: data + "\n\n".utf8, .message(text)).check()
        // The character that a line end cuts off does not go on in the next line.
        try EventStreamRow(bytes: data + "\r".utf8 + data + "\r\r".utf8, .message(text + "\n" + text)).check()
    }

    @Test(
        "The end of the body drops an unfinished block and says so",
        arguments: [
            EventStreamRow("event: x\n", unfinished: .init(endsInsideLine: false, event: nil)),
            EventStreamRow(": note\n", .comment("note")),
            EventStreamRow(": note", unfinished: .init(endsInsideLine: true, event: nil)),
            EventStreamRow("data: a\n\nda", .message("a"), unfinished: .init(endsInsideLine: true, event: nil)),
            EventStreamRow(
                "event: x\ndata: a\ndata: b",
                unfinished: .init(endsInsideLine: true, event: ServerSentEvent(type: "x", data: "a\nb"))
            ),
            EventStreamRow("id: 7", unfinished: .init(endsInsideLine: true, event: nil)),
            EventStreamRow("id: 7\n", lastEventID: "7"),
        ]
    )
    func unfinished(row: EventStreamRow) throws {
        try row.check()
    }

    @Test("After the end of a body the next one starts afresh with the last event ID")
    func secondBody() throws {
        var parser = EventStreamParser()
        _ = try parser.parse("id: 7\nevent: x\ndata: a\r".utf8)
        #expect(parser.finish() != nil)
        let items = try parser.parse("\u{FEFF}data: b\n\n".utf8)
        #expect(items == [.event(ServerSentEvent(data: "b", lastEventID: "7"))])
        #expect(parser.finish() == nil)
    }

    @Test("An event that ends with CR does not wait for the next read")
    func carriageReturnIsPrompt() throws {
        var parser = EventStreamParser()
        #expect(try parser.parse("data: a\r\n\r".utf8) == [.message("a")])
        #expect(try parser.parse("\n".utf8) == [])
        #expect(try parser.parse("data: b\n\n".utf8) == [.message("b")])
    }

    @Test("A sequence without contiguous storage is read like an array")
    func lazySequence() throws {
        var parser = EventStreamParser()
        #expect(try parser.parse("data: a\n\n".utf8.lazy.filter { _ in true }) == [.message("a")])
    }
}

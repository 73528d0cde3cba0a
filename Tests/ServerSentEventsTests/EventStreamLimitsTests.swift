internal import Testing

@testable internal import ServerSentEvents

@Suite("Event stream limits")
struct EventStreamLimitsTests {
    private static let limits = EventStreamLimits(lineByteCount: 10, eventByteCount: 9)

    @Test(
        "What is too large fails at the same place however it is split, and stays failed",
        arguments: [
            ("data: 1234\n\n", nil),
            ("data: 12345\n\n", .lineTooLong(line: 1, limit: 10)),
            (": a\r\n\r\ndata: 1234\rdata: 12345", .lineTooLong(line: 4, limit: 10)),
            ("data: 1234\ndata: 1234\n\n", nil),
            ("data: 1234\ndata:12345\n\n", .eventTooLarge(line: 2, limit: 9)),
            ("data: 1234\n\ndata: 1234\n\ndata: 1234\n\n", nil),
            ("data\ndata\ndata\ndata\ndata\ndata\ndata\ndata\ndata\ndata\n\n", nil),
            ("data\ndata\ndata\ndata\ndata\ndata\ndata\ndata\ndata\ndata\ndata\n", .eventTooLarge(line: 11, limit: 9)),
        ] as [(String, EventStreamLimitError?)]
    )
    func limits(body: String, expected: EventStreamLimitError?) throws {
        var reference: [EventStreamItem]?
        for reads in Splittings.all(of: Array(body.utf8)) {
            var parser = EventStreamParser(limits: Self.limits)
            var items: [EventStreamItem] = []
            var failure: EventStreamLimitError?
            for read in reads {
                do {
                    try parser.parse(read, into: &items)
                } catch {
                    failure = error
                }
            }
            #expect(failure == expected)
            #expect(items == reference ?? items, "reads of \(reads.map(\.count))")
            reference = items
            if let expected {
                #expect(throws: expected) { try parser.parse("\n\n".utf8) }
            }
        }
    }

    @Test("A limit error says which line, which limit, and what to do")
    func wording() {
        #expect(
            EventStreamLimitError.lineTooLong(line: 3, limit: 10).description
                == "line 3 of the event stream is longer than 10 bytes; "
                + "either the body is no event stream or the limit must be raised"
        )
        #expect(
            EventStreamLimitError.eventTooLarge(line: 3, limit: 10).description
                == "the data of one event is larger than 10 bytes at line 3 of the event stream; "
                + "either an empty line is missing or the limit must be raised"
        )
    }

    @Test("The default limits are 64 MiB")
    func defaults() {
        let limits = EventStreamLimits()
        #expect(limits.lineByteCount == 67_108_864)
        #expect(limits.eventByteCount == 67_108_864)
    }

    @Test(
        "Work is linear in the input, whatever the shape and the reads",
        arguments: ["one long line", "many data lines", "many events", "many empty lines", "many comments"],
        [1, 7, 4096, 1 << 20]
    )
    func linearWork(shape: String, readByteCount: Int) throws {
        let unit =
            switch shape {
            case "many data lines": "data: 0123456789\n"
            case "many events": "data: 0123456789\r\n\r\n"
            case "many empty lines": "\n"
            case "many comments": ": 0123456789\r"
            default: "0123456789abcdef"
            }
        let unitBytes = Array(unit.utf8)
        for byteCount in [20_000, 80_000] {
            var body = Array("data: ".utf8)
            while body.count < byteCount { body += unitBytes }
            body += "\n\n".utf8
            var parser = EventStreamParser()
            var items: [EventStreamItem] = []
            for start in stride(from: 0, to: body.count, by: readByteCount) {
                try parser.parse(body[start..<min(start + readByteCount, body.count)], into: &items)
            }
            #expect(!items.isEmpty)
            // One search, two copies, one interpretation, one copy of the data, one decoding, and the line ends.
            #expect(parser.visitedByteCount <= 7 * body.count)
        }
    }
}

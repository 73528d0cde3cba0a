internal import ServerSentEvents
internal import Testing

/// One row of a table: a body and what a parser makes of it.
struct EventStreamRow: Sendable, CustomTestStringConvertible {
    var body: [UInt8]
    var items: [EventStreamItem]
    var lastEventID: String
    var unfinished: UnfinishedEventBlock?

    init(
        _ body: String,
        _ items: EventStreamItem...,
        lastEventID: String = "",
        unfinished: UnfinishedEventBlock? = nil
    ) {
        self.body = Array(body.utf8)
        self.items = items
        self.lastEventID = lastEventID
        self.unfinished = unfinished
    }

    init(bytes: [UInt8], _ items: EventStreamItem..., unfinished: UnfinishedEventBlock? = nil) {
        self.body = bytes
        self.items = items
        self.lastEventID = ""
        self.unfinished = unfinished
    }

    var testDescription: String {
        String(decoding: body, as: UTF8.self).debugDescription
    }

    /// Checks the row against every way to split its body.
    func check(sourceLocation: SourceLocation = #_sourceLocation) throws {
        for reads in Splittings.all(of: body) {
            var parser = EventStreamParser()
            var found: [EventStreamItem] = []
            for read in reads { try parser.parse(read, into: &found) }
            let sizes = reads.map(\.count)
            // Text is compared as UTF-8: two strings are equal in Swift if they are canonically equivalent.
            #expect(found.map(\.exact) == items.map(\.exact), "reads of \(sizes)", sourceLocation: sourceLocation)
            #expect(parser.lastEventID == lastEventID, "reads of \(sizes)", sourceLocation: sourceLocation)
            #expect(parser.finish() == unfinished, "reads of \(sizes)", sourceLocation: sourceLocation)
        }
    }
}

extension EventStreamItem {
    /// An event of type `message` without ID.
    static func message(_ data: String) -> EventStreamItem {
        .event(ServerSentEvent(data: data))
    }

    /// The item with its text as UTF-8.
    var exact: [[UInt8]] {
        switch self {
        case .event(let event): [event.type, event.data, event.lastEventID].map { Array($0.utf8) }
        case .comment(let text): [Array("comment".utf8), Array(text.utf8)]
        case .retry(let milliseconds): [Array("retry".utf8), Array("\(milliseconds)".utf8)]
        }
    }
}

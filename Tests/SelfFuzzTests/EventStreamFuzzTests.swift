import ServerSentEvents
import TestSupport
import Testing

@testable import struct ServerSentEvents.EventStreamParser

/// The parser of event streams under hostile bytes.
@Suite struct EventStreamFuzzTests {
    private static let valid = [
        "data: {\"a\":1}\n\ndata: [DONE]\n\n",
        "\u{FEFF}event: ping\r\nid: 7\r\ndata: x\r\ndata: y\r\n\r\n: comment\r\rretry: 250\n\n",
        "id\nevent:\ndata\n\ndata:\n\ndata: 東京🙂\nid: a\0b\n\n:\n\ndata: end",
    ].map { Array($0.utf8) }

    private static let inputs = HostileInputs(
        valid,
        words: ["data:", "data: ", "data", "event: ", "id: ", "id", "retry: ", ": ", "\n", "\r\n\r\n", "\r\r"]
    )

    @Test("Whole, in pieces, and after the standard's own algorithm, a body gives the same events")
    func events() {
        SelfFuzz(name: "event-stream", rounds: 3000, inputs: Self.inputs).run { input, random in
            let standard = StandardEventStream(input)
            let whole = try parse([input[...]])
            try same(whole.items, standard.items, "whole, and after the standard")
            try same(whole.lastEventID, standard.lastEventID, "last event ID, and after the standard")
            let pieces = try parse(input.pieces(using: &random))
            try same(pieces.items, whole.items, "in pieces, and whole")
            try same(pieces.rest, whole.rest, "what the end cuts off, in pieces and whole")
            try holds(whole.items.count <= input.count, "more items than bytes")
            try rewritten(whole.items)
        }
    }

    @Test("Limits stop at the same item, whatever the reads, and bound what is kept")
    func limits() {
        let limits = EventStreamLimits(lineByteCount: 40, eventByteCount: 60)
        SelfFuzz(name: "event-stream-limits", rounds: 2000, inputs: Self.inputs).run { input, random in
            let whole = try parse([input[...]], limits)
            let pieces = try parse(input.pieces(using: &random), limits)
            try same(pieces.items, whole.items, "in pieces, and whole")
            try same(pieces.error, whole.error, "the error in pieces, and whole")
            for case .event(let event) in whole.items {
                // A byte that is no text becomes three.
                try holds(event.data.utf8.count <= 3 * 60, "\(event.data.utf8.count) bytes of data")
            }
        }
    }

    private struct Outcome {
        var items: [EventStreamItem] = []
        var error: EventStreamLimitError?
        var rest: UnfinishedEventBlock?
        var lastEventID = ""
    }

    private func parse(
        _ pieces: [ArraySlice<UInt8>],
        _ limits: EventStreamLimits = EventStreamLimits()
    ) throws(Misbehavior) -> Outcome {
        var parser = EventStreamParser(limits: limits)
        var outcome = Outcome()
        do {
            for piece in pieces { try parser.parse(piece, into: &outcome.items) }
        } catch {
            outcome.error = error
        }
        let byteCount = pieces.reduce(0) { $0 + $1.count }
        // What each byte is visited for at most: see the limit that the parser's own tests hold it to.
        try holds(parser.visitedByteCount <= 7 * byteCount, "\(parser.visitedByteCount) visits of \(byteCount) bytes")
        outcome.lastEventID = parser.lastEventID
        if outcome.error == nil { outcome.rest = parser.finish() }
        return outcome
    }

    /// Events that are written and parsed again are the same.
    private func rewritten(_ items: [EventStreamItem]) throws {
        let encoder = EventStreamEncoder()
        var bytes: [UInt8] = []
        var events: [EventStreamItem] = []
        var lastID = ""
        for case .event(let event) in items {
            try encoder.event(event, after: lastID, into: &bytes)
            lastID = event.lastEventID
            events.append(.event(event))
        }
        try same(try parse([bytes[...]]).items, events, "written and parsed again")
    }
}

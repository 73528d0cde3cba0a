internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import ServerSentEvents
internal import Simulation
internal import Tapes

/// Reads usage, cost and text out of a recorded answer whose body is too large to be held: what ``RecordedBooking``
/// reads out of a tape.
///
/// Images and vectors are skipped. Of a stream the first events are kept, and of the others the last that say more than
/// a delta does.
struct RecordedBookingReader {
    private enum Body {
        /// What is kept of a JSON document.
        case document([UInt8])
        case events(EventStreamParser)
        /// Says nothing, or too much.
        case unread
    }

    /// Of what is left of a document or an event, in bytes.
    private static let byteLimit = 4 << 20
    private static let firstEventCount = 8
    private static let lastEventCount = 64
    /// Members of events that say how an answer ended and what it cost, or carry all of it.
    private static let tellingNames = ["usage", "response", "message", "stop_reason"]

    private let fields: HTTPFields
    private var body = Body.unread
    private var abridger: JSONAbridger
    private var documents: [JSONValue] = []
    private var said = RecordedText()

    init(_ head: ResponseHead?) {
        fields = head?.fields ?? [:]
        abridger = JSONAbridger(cutsNumbers: head?.mediaType == "application/json")
        guard head?.status.code == 200, fields[.contentEncoding] == nil else { return }
        switch head?.mediaType {
        case "application/json":
            body = .document([])
        case "text/event-stream":
            let limits = EventStreamLimits(lineByteCount: Self.byteLimit, eventByteCount: Self.byteLimit)
            body = .events(EventStreamParser(limits: limits))
        default: break
        }
    }

    mutating func read(_ bytes: ByteBuffer) {
        switch body {
        case .document(var kept):
            body = .unread
            bytes.withUnsafeReadableBytes { abridger.abridge($0, into: &kept) }
            if kept.count <= Self.byteLimit { body = .document(kept) }
        case .events(var parser):
            body = .unread
            var kept: [UInt8] = []
            bytes.withUnsafeReadableBytes { abridger.abridge($0, into: &kept) }
            guard let items = try? parser.parse(kept) else { return }
            body = .events(parser)
            for case .event(let event) in items where event.data.first == "{" {
                if let document = try? JSONDocument(parsing: event.data.utf8) { keep(document.root) }
            }
        case .unread: break
        }
    }

    /// Nil when the answer says nothing of its usage.
    consuming func finish() -> RecordedBooking? {
        if case .document(let kept) = body {
            guard let root = try? JSONDocument(parsing: kept).root else { return nil }
            return RecordedBooking([root], fields, isStreamed: false)
        }
        return RecordedBooking(documents, fields, isStreamed: true, said: said)
    }

    private mutating func keep(_ document: JSONValue) {
        said.read(document)
        let choice = document["choices"]?[0]
        let isTelling =
            Self.tellingNames.contains { document[$0] != nil } || choice?["finish_reason"]?.string != nil
            || document["delta"]?["stop_reason"] != nil
        guard documents.count < Self.firstEventCount || isTelling else { return }
        documents.append(document)
        if documents.count > Self.firstEventCount + Self.lastEventCount { documents.remove(at: Self.firstEventCount) }
    }
}

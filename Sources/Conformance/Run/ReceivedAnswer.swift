internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import ServerSentEvents
internal import Tapes

/// A whole answer, taken apart as far as its media type says.
struct ReceivedAnswer {
    /// What is sent as one JSON value, with its place in the answer.
    struct Payload {
        var place: ConformanceProblem.Place
        var value: JSONValue
        /// The type of the event, where it names one.
        var eventType: String?
    }

    let status: Int?
    /// In lower case, without parameters; nil when there is none.
    let mediaType: String?
    let bytes: [UInt8]

    init(_ tape: Tape) {
        status = tape.head?.status.code
        mediaType = tape.head?.mediaType
        bytes = Array(tape.body.readableBytesView)
    }

    var isSuccess: Bool {
        status.map { (200..<300).contains($0) } ?? false
    }

    var isJSON: Bool {
        mediaType.map { $0 == "application/json" || $0.hasSuffix("+json") } ?? false
    }

    var isEventStream: Bool {
        mediaType == "text/event-stream"
    }

    /// The body as JSON; nil for another media type and for what cannot be parsed.
    var json: JSONValue? {
        isJSON ? try? JSONDocument(parsing: bytes).root : nil
    }

    /// What an error says of itself.
    var errorMessage: String? {
        json?["error"]?["message"]?.string
    }

    /// Whether it says that there is no such operation at all, and not that some thing was not found.
    var isUnknownOperation: Bool {
        (status == 404 && errorMessage == APIError.notFound.message)
            || (status == 405 && errorMessage == APIError.methodNotAllowed(allowed: []).message)
    }

    /// The events of a stream, parsed.
    ///
    /// - Parameters:
    ///   - sentinel: the data of the event that ends the stream and is no JSON; nil for none.
    ///   - problems: told of what is no event stream or no JSON.
    /// - Returns: all events with JSON in them.
    func events(endedBy sentinel: String?, _ problems: inout [ConformanceProblem]) -> [Payload] {
        var parser = EventStreamParser()
        var items: [EventStreamItem] = []
        do {
            try parser.parse(bytes, into: &items)
        } catch {
            problems.append(ConformanceProblem(.body, "is no event stream: \(error)"))
        }
        if parser.finish() != nil {
            problems.append(ConformanceProblem(.body, "ends inside an event; expected an empty line after the last"))
        }
        let events = items.compactMap { item in
            if case .event(let event) = item { event } else { nil }
        }
        if events.isEmpty { problems.append(ConformanceProblem(.body, "holds no event")) }
        var payloads: [Payload] = []
        for (index, event) in events.enumerated() {
            let place = ConformanceProblem.Place.event(index + 1)
            if event.data == sentinel {
                guard index < events.count - 1 else { continue }
                problems.append(ConformanceProblem(place, "is \(event.data), but is not the last event"))
                continue
            }
            do {
                let value = try JSONDocument(parsing: event.data.utf8).root
                let type = event.type == ServerSentEvent.defaultType ? nil : event.type
                payloads.append(Payload(place: place, value: value, eventType: type))
            } catch {
                problems.append(ConformanceProblem(place, "is no JSON: \(error)"))
            }
        }
        return payloads
    }
}

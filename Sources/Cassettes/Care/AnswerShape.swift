internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import ServerSentEvents
internal import Tapes

/// What stays the same in an answer when only its values change: status, media type, ending, and which members of
/// which types its JSON has.
///
/// The events of a stream are taken together by their types: how many there are, and how a text is cut, are values.
struct AnswerShape {
    /// JSON of one kind: a body, or the events of one type.
    private struct Part {
        var name: String
        var shape = JSONShape()
    }

    private static let eventStream = "text/event-stream"
    private static let lastEvent = "last event"
    private static let earlierEvents = "events"

    private var status: Int?
    private var mediaType: String?
    private var ending: Ending
    /// In the order in which they begin.
    private var parts: [Part] = []

    init(_ tape: Tape) {
        status = tape.head?.status.code
        mediaType = tape.head?.mediaType
        ending = tape.ending
        guard mediaType == Self.eventStream else {
            for document in Self.documents(in: tape) { add(document, to: "") }
            return
        }
        let events = Self.events(in: tape)
        let last = events.lastIndex { $0.document != nil }
        for (index, event) in events.enumerated() {
            let name = event.type.map { "event '\($0)'" }
            // Streams of chat name no types, but the last event tells what the others do not, such as the cost.
            add(event.document, to: name ?? (index == last ? Self.lastEvent : Self.earlierEvents))
        }
    }

    private mutating func add(_ document: JSONDocument?, to name: String) {
        let index = parts.firstIndex { $0.name == name } ?? parts.count
        if index == parts.count { parts.append(Part(name: name)) }
        if let document { parts[index].shape.add(document.root) }
    }

    /// The JSON of an answer: the body's, or that of each event's data.
    static func documents(in tape: Tape) -> [JSONDocument] {
        if tape.head?.mediaType == eventStream { return events(in: tape).compactMap(\.document) }
        return (try? JSONDocument(parsing: plainBody(of: tape))).map { [$0] } ?? []
    }

    /// Decompressed where that is possible.
    private static func plainBody(of tape: Tape) -> [UInt8] {
        if let plain = try? tape.decompressed() { return plain.bytes }
        return Array(tape.body.readableBytesView)
    }

    /// The events of a stream but those that only keep it alive.
    ///
    /// The type is what the event or its JSON says, or its data where that is no JSON.
    private static func events(in tape: Tape) -> [(type: String?, document: JSONDocument?)] {
        var parser = EventStreamParser()
        var items: [EventStreamItem] = []
        // A line beyond the parser's limit ends it; what came before counts.
        try? parser.parse(plainBody(of: tape), into: &items)
        return items.compactMap { item in
            guard case .event(let event) = item else { return nil }
            guard let document = try? JSONDocument(parsing: event.data.utf8) else {
                return (event.data == "[DONE]" ? event.data : "no JSON", nil)
            }
            let named = event.type == ServerSentEvent.defaultType ? nil : event.type
            let type = named ?? document.root["type"]?.string
            return type == "ping" ? nil : (type, document)
        }
    }
}

extension AnswerShape {
    /// How a later answer to the same request differs; nothing for equal shapes.
    func drift(to later: AnswerShape) -> [AnswerDrift] {
        var found: [AnswerDrift] = []
        if status != later.status {
            found.append(AnswerDrift(.breaking, "status", from: Self.text(status), to: Self.text(later.status)))
        }
        if mediaType != later.mediaType {
            found.append(AnswerDrift(.breaking, "content-type", from: mediaType, to: later.mediaType))
        }
        if ending != later.ending {
            found.append(AnswerDrift(.breaking, "ending", from: ending.rawValue, to: later.ending.rawValue))
        }
        for part in parts where part.name != Self.earlierEvents {
            guard let other = later.part(part.name) else {
                found.append(AnswerDrift(.breaking, part.name.isEmpty ? "body" : part.name, from: "JSON", to: nil))
                continue
            }
            found += Self.drift(in: part, to: other)
        }
        if let part = part(Self.earlierEvents), let other = later.part(Self.earlierEvents) {
            found += Self.drift(in: part, to: other)
        }
        for part in later.parts where self.part(part.name) == nil && part.name != Self.earlierEvents {
            let severity: AnswerDrift.Severity = part.name == "event 'error'" ? .breaking : .info
            found.append(AnswerDrift(severity, part.name.isEmpty ? "body" : part.name, from: nil, to: "JSON"))
        }
        let (order, laterOrder) = (names(in: later), later.names(in: self))
        if order != laterOrder {
            let texts = [order, laterOrder].map { $0.joined(separator: ", ") }
            found.append(AnswerDrift(.breaking, "order of events", from: texts[0], to: texts[1]))
        }
        return found
    }

    private func part(_ name: String) -> Part? {
        parts.first { $0.name == name }
    }

    /// The names of the parts that both have, in the order here.
    private func names(in other: AnswerShape) -> [String] {
        parts.map(\.name).filter { other.part($0) != nil }
    }

    private static func drift(in part: Part, to later: Part) -> [AnswerDrift] {
        let prefix = part.name.isEmpty ? "" : part.name + " "
        let place = { (pointer: JSONPointer) in prefix + (pointer.components.isEmpty ? "/" : pointer.description) }
        var found = part.shape.excess(over: later.shape).filter { $0.otherTypes == nil }.map { excess in
            let severity: AnswerDrift.Severity = excess.isAlways ? .breaking : .warning
            return AnswerDrift(severity, place(excess.pointer), from: text(excess.types), to: nil)
        }
        for excess in later.shape.excess(over: part.shape) {
            var severity = AnswerDrift.Severity.info
            if let earlier = excess.otherTypes {
                let types = excess.types.subtracting(["null"])
                let earlierTypes = earlier.subtracting(["null"])
                let isOfNull = types.isEmpty || earlierTypes.isEmpty || types.isSubset(of: earlierTypes)
                severity = isOfNull ? .warning : .breaking
            } else if excess.pointer.components == ["error"] {
                // A failure in the place of an answer.
                severity = .breaking
            }
            let before = excess.otherTypes.map(text)
            found.append(AnswerDrift(severity, place(excess.pointer), from: before, to: text(excess.types)))
        }
        return found
    }

    private static func text(_ types: Set<String>) -> String {
        types.sorted().joined(separator: " or ")
    }

    private static func text(_ status: Int?) -> String {
        status.map(String.init) ?? "no head"
    }
}

/// The events of an answer that was recorded, as they came.
///
/// Mutations work on them and not on what the fuzzer would have written in their place, so that members, comments and
/// quirks that an upstream really has are tried too. Only what cuts the text into other pieces writes it anew.
package struct RecordedStream: Sendable, Hashable {
    enum Item: Sendable, Hashable {
        case comment(String)
        /// The name is nil where the field `event` was absent.
        case event(name: String?, data: String)
    }

    let api: InferenceAPI
    let items: [Item]
    /// What each item means; as many as there are items.
    private let events: [RecordedEvent]
    /// What they say together.
    let conversation: Conversation

    /// - Throws: ``UnusableRecording`` for events of which is not known what a correct client makes of them.
    init(api: InferenceAPI, items: [Item]) throws(UnusableRecording) {
        self.api = api
        self.items = items
        var conversation = RecordedConversation()
        var events: [RecordedEvent] = []
        for item in items {
            let event = try RecordedEvent(item, of: api)
            conversation.add(event)
            events.append(event)
        }
        self.events = events
        guard events.contains(where: { $0.role == .finish }) else { throw .unfinished }
        self.conversation = try conversation.whole()
    }

    /// A block for each item.
    var blocks: [Block] {
        zip(items, events).map { item, event in
            switch item {
            case .comment(let text): .filler(":\(text.isEmpty ? "" : " ")\(text)")
            case .event(let name, _): Block(event.role, event.payload, event: name)
            }
        }
    }

    /// The same without some of its items.
    ///
    /// - Returns: nil where the rest is no answer.
    func removing(_ range: Range<Int>) -> RecordedStream? {
        var fewer = items
        fewer.removeSubrange(range)
        return try? RecordedStream(api: api, items: fewer)
    }

    package static func == (left: RecordedStream, right: RecordedStream) -> Bool {
        left.api == right.api && left.items == right.items
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(api)
        hasher.combine(items)
    }
}

/// Why a recording cannot be mutated.
package enum UnusableRecording: Error, Sendable, Hashable {
    case endpoint(InferenceAPI)
    case incomplete
    case noHead
    case status(Int)
    case mediaType(String)
    case coding
    case ending(String)
    case tooLarge(byteCount: Int)
    case notJSON
    case failed
    case choices
    case finishReason(String)
    case unfinished
    case callWithoutName
    case arguments
    case silent
}

extension UnusableRecording: CustomStringConvertible {
    /// The rest of a sentence about the recording.
    package var description: String {
        switch self {
        case .endpoint(let api): "is no answer of the \(api.rawValue) API"
        case .incomplete: "is incomplete: the recording ended before the answer did"
        case .noHead: "has no head"
        case .status(let code): "has the status \(code)"
        case .mediaType(let type): "is no event stream but \(type)"
        case .coding: "is compressed in a way that cannot be read"
        case .ending(let name): "ends with '\(name)'"
        case .tooLarge(let byteCount):
            "has more than \(byteCount >> 20) MiB, which is too much to play hundreds of times"
        case .notJSON: "has an event that is no JSON object"
        case .failed: "reports an error in the stream"
        case .choices: "has more than one choice"
        case .finishReason(let reason): "finishes with '\(reason)', which a client may take for an error"
        case .unfinished: "has no event that says that it is finished"
        case .callWithoutName: "calls a tool without a name"
        case .arguments: "calls a tool with arguments that are no JSON"
        case .silent: "says nothing"
        }
    }
}

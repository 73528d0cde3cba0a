internal import OpenRouterAPI
internal import Tapes

/// What one item of a recorded stream means to a client.
struct RecordedEvent: Sendable {
    /// A piece of a call of a tool.
    struct Fragment: Sendable {
        /// Nil for the call before.
        var index: Int?
        var id: String?
        var name: String?
        var arguments = ""
    }

    var role = Block.Role.opening
    var payload: Block.Payload?
    var reasoning: [String] = []
    var text: [String] = []
    var fragments: [Fragment] = []

    init(_ item: RecordedStream.Item, of api: InferenceAPI) throws(UnusableRecording) {
        guard case .event(let name, let data) = item else {
            role = .filler
            return
        }
        let blank = data.trimmingBlanks()
        guard !blank.isEmpty, blank != "[DONE]" else {
            role = blank.isEmpty ? .filler : .sentinel
            payload = .text(data)
            return
        }
        guard let object = try? JSONDocument(parsing: Array(data.utf8)).root, object.kind == .object else {
            throw .notJSON
        }
        payload = .json(JSON(object))
        guard name != "error", object["error"]?.isNull != false else { throw .failed }
        switch api {
        case .chat: try readChunk(object)
        case .responses: try readResponsesEvent(object)
        case .messages: try readMessagesEvent(object)
        }
    }
}

extension RecordedEvent {
    private mutating func readChunk(_ chunk: JSONValue) throws(UnusableRecording) {
        let choices = chunk["choices"]?.elements.map { $0 } ?? []
        guard choices.count < 2, choices.first?["index"]?.int ?? 0 == 0 else { throw .choices }
        if chunk["usage"]?.kind == .object { role = .usage }
        guard let choice = choices.first else { return }
        let delta = choice["delta"]
        reasoning = Self.said(delta?["reasoning"])
        text = Self.said(delta?["content"])
        for fragment in delta?["tool_calls"]?.elements.map({ $0 }) ?? [] {
            let function = fragment["function"]
            fragments.append(
                Fragment(
                    index: fragment["index"]?.int,
                    id: fragment["id"]?.string,
                    name: function?["name"]?.string,
                    arguments: function?["arguments"]?.string ?? ""
                )
            )
        }
        if !reasoning.isEmpty { role = .reasoning }
        if !text.isEmpty { role = .text }
        if !fragments.isEmpty { role = .tool }
        guard let reason = choice["finish_reason"]?.string else { return }
        guard ["stop", "tool_calls"].contains(reason) else { throw .finishReason(reason) }
        role = .finish
    }

    private mutating func readResponsesEvent(_ event: JSONValue) throws(UnusableRecording) {
        switch event["type"]?.string ?? "" {
        case "response.output_text.delta":
            role = .text
            text = Self.said(event["delta"])
        case "response.reasoning_text.delta", "response.reasoning_summary_text.delta":
            role = .reasoning
            reasoning = Self.said(event["delta"])
        case "response.output_item.added" where event["item"]?["type"]?.string == "function_call":
            let item = event["item"]
            fragments = [
                Fragment(
                    index: event["output_index"]?.int,
                    id: item?["call_id"]?.string,
                    name: item?["name"]?.string,
                    arguments: item?["arguments"]?.string ?? ""
                )
            ]
        case "response.function_call_arguments.delta":
            role = .tool
            fragments = [Fragment(index: event["output_index"]?.int, arguments: event["delta"]?.string ?? "")]
        case "response.completed": role = .finish
        case "response.incomplete":
            throw .finishReason(event["response"]?["incomplete_details"]?["reason"]?.string ?? "incomplete")
        case "response.failed", "error": throw .failed
        default: break
        }
    }

    private mutating func readMessagesEvent(_ event: JSONValue) throws(UnusableRecording) {
        let delta = event["delta"]
        switch (event["type"]?.string ?? "", delta?["type"]?.string) {
        case ("content_block_start", _) where event["content_block"]?["type"]?.string == "tool_use":
            let block = event["content_block"]
            fragments = [Fragment(index: event["index"]?.int, id: block?["id"]?.string, name: block?["name"]?.string)]
        case ("content_block_start", _): text = Self.said(event["content_block"]?["text"])
        case ("content_block_delta", "text_delta"):
            role = .text
            text = Self.said(delta?["text"])
        case ("content_block_delta", "input_json_delta"):
            role = .tool
            fragments = [Fragment(index: event["index"]?.int, arguments: delta?["partial_json"]?.string ?? "")]
        case ("content_block_delta", "thinking_delta"):
            role = .reasoning
            reasoning = Self.said(delta?["thinking"])
        case ("message_delta", _):
            role = .usage
            let reason = delta?["stop_reason"]?.string ?? "end_turn"
            guard ["end_turn", "tool_use", "stop_sequence"].contains(reason) else { throw .finishReason(reason) }
        case ("message_stop", _): role = .finish
        case ("error", _): throw .failed
        default: break
        }
    }

    /// A piece of text; none for one that is empty or no text.
    private static func said(_ value: JSONValue?) -> [String] {
        value?.string.map { $0.isEmpty ? [] : [$0] } ?? []
    }
}

/// Puts together what events say.
struct RecordedConversation {
    private var conversation = Conversation()
    private var calls: [Int: Conversation.ToolCall] = [:]
    private var lastIndex = 0

    mutating func add(_ event: RecordedEvent) {
        conversation.reasoning += event.reasoning
        conversation.text += event.text
        for fragment in event.fragments {
            let index = fragment.index ?? lastIndex
            lastIndex = index
            var call = calls[index] ?? Conversation.ToolCall(id: "call_\(index)", name: "", pieces: [])
            if let id = fragment.id, !id.isEmpty { call.id = id }
            if let name = fragment.name, !name.isEmpty { call.name = name }
            if !fragment.arguments.isEmpty { call.pieces.append(fragment.arguments) }
            calls[index] = call
        }
    }

    /// - Throws: ``UnusableRecording`` where nothing is said, or a call is not whole.
    func whole() throws(UnusableRecording) -> Conversation {
        var whole = conversation
        whole.toolCalls = calls.sorted { $0.key < $1.key }.map(\.value)
        guard !whole.text.isEmpty || !whole.toolCalls.isEmpty else { throw .silent }
        for call in whole.toolCalls {
            guard !call.name.isEmpty else { throw .callWithoutName }
            let arguments = call.pieces.joined()
            guard arguments.isEmpty || (try? JSONDocument(parsing: Array(arguments.utf8))) != nil else {
                throw .arguments
            }
        }
        return whole
    }
}

internal import OpenRouterAPI

/// Reads and checks the body of `POST /messages` (schema `MessagesRequest`; reference: inference §5.1).
///
/// The prompt is read in the order in which Anthropic's models see it: tools, system, messages.
struct MessagesRequestReader {
    let reader: FieldReader
    private let now: Int64

    /// - Parameters:
    ///   - body: the request's document.
    ///   - now: the world's time in microseconds since 1970.
    /// - Throws: ``APIError`` 400 when the body is no object.
    init(_ body: JSONValue, now: Int64) throws(APIError) {
        reader = try FieldReader(body)
        self.now = now
    }

    func read() throws(APIError) -> GenerationRequest {
        let messages = try reader.requiredArray("messages")
        guard messages.count > 0 else { throw reader.invalid("messages", expected: "at least one message") }
        guard try reader.string("model") != nil else {
            throw reader.invalid("model", expected: "a model ID such as anthropic/claude-sonnet-4.5")
        }
        var prompt = PromptReader()
        let tools = try MessagesTools(reading: reader, into: &prompt)
        try readSystem(into: &prompt)
        for (index, message) in messages.elements.enumerated() {
            try MessagesMessageReader(message, path: "messages[\(index)]").read(into: &prompt)
        }
        try reader.markCacheBreakpoint(in: &prompt)
        prompt.endMessages()

        let fields = InferenceFields(reader: reader)
        let routing = try fields.routing(fallbacks: try fallbacks(), now: now, acceptsAnyTier: true)
        var request = GenerationRequest(routing: routing, prompt: prompt)
        try fields.read(into: &request)
        request.input = reader.value["messages"]
        request.serverTools = tools.server
        request.set(tools: tools.client, choice: tools.choice)
        request.allowsParallelToolCalls = tools.allowsParallelCalls
        request.tokenLimit = try reader.integer("max_tokens", in: 1...Int.max)
        request.stopSequences = try reader.strings("stop_sequences") ?? []
        if !request.stopSequences.isEmpty { request.routing.needs.parameters.insert("stop") }
        request.user = try user()
        try readSpeed(into: &request)
        try readOutput(into: &request)
        try checkContextManagement()
        return request
    }

    /// A string or text blocks.
    private func readSystem(into prompt: inout PromptReader) throws(APIError) {
        guard let system = reader.optional("system") else { return }
        prompt.beginMessage(isUser: false)
        if let text = system.string { return prompt.read(text: text) }
        guard system.kind == .array else {
            throw reader.invalid("system", expected: "a string or an array of text blocks")
        }
        for (index, value) in system.elements.enumerated() {
            let block = try FieldReader(value, path: "system[\(index)]")
            guard try block.string("type") == "text" else { throw block.invalid("type", expected: "\"text\"") }
            prompt.read(text: try block.requiredString("text"))
            try block.markCacheBreakpoint(in: &prompt)
        }
    }

    /// Models of `fallbacks`, which go through the router like `models` and so cannot stand beside them.
    private func fallbacks() throws(APIError) -> [String] {
        guard let list = try reader.array("fallbacks") else { return [] }
        guard list.count <= 3 else {
            throw .invalidField("fallbacks", expected: "at most 3 entries", found: "\(list.count)")
        }
        guard reader.optional("models") == nil else {
            throw reader.invalid("fallbacks", expected: "no models beside it")
        }
        var models: [String] = []
        for (index, value) in list.elements.enumerated() {
            let entry = try FieldReader(value, path: "fallbacks[\(index)]")
            models.append(try entry.requiredString("model"))
            for member in entry.value.members where member.key != "model" {
                throw entry.invalid(member.key, expected: "no member but model")
            }
        }
        return models
    }

    /// OpenRouter's `user`, or Anthropic's `metadata.user_id`.
    private func user() throws(APIError) -> String? {
        let id = try reader.object("metadata")?.string("user_id")
        return try reader.string("user", longest: 256) ?? id
    }

    private enum Speed: String, CaseIterable {
        case standard, fast
    }

    private func readSpeed(into request: inout GenerationRequest) throws(APIError) {
        guard try reader.choice("speed", of: Speed.self) == .fast else { return }
        request.routing.serviceTier = .priority
    }
}

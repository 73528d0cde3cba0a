internal import OpenRouterAPI

/// Reads and checks the body of `POST /chat/completions` (schema `ChatRequest`).
///
/// The prompt is read in the order in which models see it, and providers keep it: tools, then messages.
struct ChatRequestReader {
    private let reader: FieldReader
    private let now: Int64

    /// - Parameters:
    ///   - body: the request's document.
    ///   - now: the world's time in microseconds since 1970.
    /// - Throws: ``APIError`` 400 for a body that is no object.
    init(_ body: JSONValue, now: Int64) throws(APIError) {
        reader = try FieldReader(body)
        self.now = now
    }

    func read() throws(APIError) -> GenerationRequest {
        var prompt = PromptReader()
        let (tools, serverTools) = try self.tools(&prompt)
        if let messages = try reader.array("messages") {
            guard messages.count > 0 else { throw reader.invalid("messages", expected: "at least one message") }
            for (index, message) in messages.elements.enumerated() {
                try ChatMessageReader(message, path: "messages[\(index)]").read(into: &prompt)
            }
            try reader.markCacheBreakpoint(in: &prompt)
            prompt.endMessages()
        } else if let text = try reader.string("prompt") {
            prompt.read(prompt: text)
            try reader.markCacheBreakpoint(in: &prompt)
        } else {
            // Wording as observed.
            throw APIError(status: 400, message: "Input required: specify \"prompt\" or \"messages\"")
        }
        let fields = InferenceFields(reader: reader)
        var request = GenerationRequest(routing: try fields.routing(now: now), prompt: prompt)
        try fields.read(into: &request)
        try fields.checkMetadata()
        request.input = reader.value["messages"] ?? reader.value["prompt"]
        request.serverTools = serverTools
        request.set(tools: tools, choice: try toolChoice(among: tools))
        request.allowsParallelToolCalls = try reader.bool("parallel_tool_calls") ?? true
        request.set(responseFormat: try responseFormat())
        request.alternativeCount = try alternativeCount()
        let limit = try reader.integer("max_completion_tokens", in: 1...Int.max)
        let legacyLimit = try reader.integer("max_tokens", in: 1...Int.max)
        request.tokenLimit = limit ?? legacyLimit
        request.stopSequences = try reader.stopSequences()
        request.choiceCount = try reader.integer("n", in: 1...128) ?? 1
        request.reasoning = try ReasoningFields(reader: reader).reasoning(tokenLimit: request.tokenLimit)
        _ = try reader.choice("verbosity", of: InferenceFields.Verbosity.self)
        try fields.readModalities(Modality.self, into: &request)
        try readAudio(into: &request)
        return request
    }
}

// MARK: - Output besides text

extension ChatRequestReader {
    private enum Modality: String, CaseIterable {
        case text, image, audio
    }

    /// Reference: inference §2.1, `audio`.
    private func readAudio(into request: inout GenerationRequest) throws(APIError) {
        guard request.routing.needs.outputModalities.contains(Modality.audio.rawValue) else { return }
        guard request.isStreamed else {
            throw reader.invalid("stream", expected: "true, since audio output is only streamed")
        }
        guard let audio = try reader.object("audio"), let voice = try audio.string("voice"),
            let format = try audio.string("format")
        else { throw reader.invalid("audio", expected: "an object with voice and format") }
        request.audio = GenerationRequest.Audio(voice: voice, format: format)
    }
}

// MARK: - Tools and output format

extension ChatRequestReader {
    private typealias Tools = (functions: [GenerationRequest.Tool], serverTools: [ServerTool])

    private func tools(_ prompt: inout PromptReader) throws(APIError) -> Tools {
        guard let list = try reader.array("tools") else { return ([], []) }
        var functions: [GenerationRequest.Tool] = []
        var serverTools: [ServerTool] = []
        for (index, value) in list.elements.enumerated() {
            let tool = try FieldReader(value, path: "tools[\(index)]")
            guard let type = try tool.string("type") else { throw tool.invalid("type", expected: "\"function\"") }
            prompt.read(toolDefinition: value)
            try tool.markCacheBreakpoint(in: &prompt)
            guard type == "function" else {
                guard type.hasPrefix("openrouter:") || type.hasPrefix("web_search"),
                    !Self.otherSkinsTools.contains(type)
                else {
                    throw tool.invalid("type", expected: "\"function\" or a server tool such as openrouter:web_search")
                }
                serverTools.append(try ServerTool(type: type, tool))
                continue
            }
            guard let function = try tool.object("function") else {
                throw tool.invalid("function", expected: "an object with name and parameters")
            }
            guard let name = try function.string("name", longest: 64), !name.isEmpty else {
                throw function.invalid("name", expected: "a string")
            }
            let parameters = try function.object("parameters")?.value
            functions.append(GenerationRequest.Tool(name: name, parameters: parameters))
        }
        return (functions, serverTools)
    }

    /// Known to `/responses` only (reference: inference §2.3).
    private static let otherSkinsTools: Set<String> = [
        "openrouter:shell", "openrouter:apply_patch", "openrouter:tool_search",
    ]

    private func toolChoice(
        among tools: [GenerationRequest.Tool]
    ) throws(APIError) -> GenerationRequest.ToolChoice {
        let expected = "none, auto, required or {\"type\":\"function\",\"function\":{\"name\":…}}"
        guard let choice = reader.optional("tool_choice") else { return .auto }
        if let word = choice.string.flatMap(GenerationRequest.ToolChoice.init(word:)) { return word }
        guard choice.kind == .object, let type = choice["type"]?.string else {
            throw reader.invalid("tool_choice", expected: expected)
        }
        guard type == "function" else { return .auto }
        return try .function(
            named: choice["function"]?["name"]?.string,
            among: tools,
            path: "tool_choice.function.name"
        )
    }

    private enum FormatType: String, CaseIterable {
        case text
        case jsonObject = "json_object"
        case jsonSchema = "json_schema"
        case grammar
        case python
    }

    private func responseFormat() throws(APIError) -> GenerationRequest.ResponseFormat {
        guard let format = try reader.object("response_format") else { return .text }
        switch try format.requiredChoice("type", of: FormatType.self) {
        case .text, .grammar, .python:
            return .text
        case .jsonObject:
            return .jsonObject
        case .jsonSchema:
            guard let schema = try format.object("json_schema") else {
                throw format.invalid("json_schema", expected: "an object with name and schema")
            }
            return try .jsonSchema(reading: schema)
        }
    }

    private func alternativeCount() throws(APIError) -> Int? {
        let count = try reader.integer("top_logprobs", in: 0...20)
        guard try reader.bool("logprobs") == true else {
            guard count == nil else { throw reader.invalid("top_logprobs", expected: "logprobs to be true beside it") }
            return nil
        }
        return count ?? 0
    }
}

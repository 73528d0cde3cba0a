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
        let messages = try reader.array("messages")
        if let messages {
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
        request.isTextPrompt = messages == nil
        request.input = reader.value[request.isTextPrompt ? "prompt" : "messages"]
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
        try fields.checkPromptCacheOptions()
        _ = try reader.object("stream_options")?.bool("include_usage")
        _ = try reader.object("web_search_options")
        try checkPrediction()
        return request
    }

    private enum PredictionType: String, CaseIterable {
        case content
    }

    /// What is expected of the answer, a text or parts of one (schema `Prediction`).
    private func checkPrediction() throws(APIError) {
        guard let prediction = try reader.object("prediction") else { return }
        _ = try prediction.requiredChoice("type", of: PredictionType.self)
        let content = prediction.value["content"]
        guard content?.string == nil else { return }
        guard let parts = content, parts.kind == .array else {
            throw prediction.invalid("content", expected: "a string or an array of parts of text")
        }
        for (index, part) in parts.elements.enumerated() {
            let reader = try FieldReader(part, path: "\(prediction.path(of: "content"))[\(index)]")
            guard part["type"]?.string == "text" else { throw reader.invalid("type", expected: "\"text\"") }
            _ = try reader.requiredString("text")
        }
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
                guard Self.serverTools.contains(type) else {
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
            _ = try function.string("description")
            _ = try function.bool("strict")
            let parameters = try function.object("parameters")?.value
            functions.append(GenerationRequest.Tool(name: name, parameters: parameters))
        }
        return (functions, serverTools)
    }

    /// Those of chat (schema `ChatFunctionTool`); others are for `/responses` only (reference: inference §2.3).
    private static let serverTools: Set<String> = [
        "openrouter:advisor", "openrouter:bash", "openrouter:datetime", "openrouter:experimental__search_models",
        "openrouter:files", "openrouter:fusion", "openrouter:image_generation", "openrouter:subagent",
        "openrouter:web_fetch", "openrouter:web_search", "web_search", "web_search_preview",
        "web_search_preview_2025_03_11", "web_search_2025_08_26",
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

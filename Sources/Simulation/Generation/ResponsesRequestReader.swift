internal import OpenRouterAPI

/// Reads and checks the body of `POST /responses` (schema `ResponsesRequest`; reference: inference §4.2).
struct ResponsesRequestReader {
    private let reader: FieldReader
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
        try checkStatelessness()
        var prompt = PromptReader()
        let toolFields = ResponsesToolFields(reader: reader)
        let tools = try toolFields.tools(&prompt)
        try readInput(into: &prompt)
        try reader.markCacheBreakpoint(in: &prompt)
        prompt.endMessages()
        let fields = InferenceFields(reader: reader)
        var request = GenerationRequest(routing: try fields.routing(now: now), prompt: prompt)
        try fields.read(into: &request)
        try checkMetadata(fields)
        try checkRest()
        request.input = reader.value["input"]
        request.serverTools = tools.serverTools
        let (callable, choice) = try toolFields.choice(among: tools.functions)
        request.set(tools: callable, choice: choice)
        request.allowsParallelToolCalls = try reader.bool("parallel_tool_calls") ?? true
        try readText(into: &request)
        request.alternativeCount = try alternativeCount()
        request.tokenLimit = try reader.integer("max_output_tokens", in: 1...Int.max)
        if request.tokenLimit != nil { request.routing.needs.parameters.insert("max_tokens") }
        // Not in the schema of August 2026, but in the SDK since (openrouter 1.3 for Python).
        request.stopSequences = try reader.stopSequences()
        request.reasoning = try reasoning(tokenLimit: request.tokenLimit)
        try fields.readModalities(Modality.self, into: &request)
        return request
    }

    /// Nothing is kept from one request to the next (reference: inference §4.1).
    private func checkStatelessness() throws(APIError) {
        guard try reader.bool("store") != true else {
            throw reader.invalid("store", expected: "false, since responses are not stored")
        }
        guard reader.optional("previous_response_id") == nil else {
            throw reader.invalid(
                "previous_response_id",
                expected: "null, since responses are not stored; send the whole conversation in input"
            )
        }
    }

    private func readInput(into prompt: inout PromptReader) throws(APIError) {
        if let instructions = try reader.string("instructions") {
            prompt.beginMessage(isUser: false)
            prompt.read(text: instructions)
        }
        guard let input = reader.optional("input") else {
            throw reader.invalid("input", expected: "a string or an array of items")
        }
        if let text = input.string {
            prompt.beginMessage(isUser: true)
            return prompt.read(text: text)
        }
        guard input.kind == .array else { throw reader.invalid("input", expected: "a string or an array of items") }
        guard input.count > 0 else { throw reader.invalid("input", expected: "at least one item") }
        for (index, item) in input.elements.enumerated() {
            try ResponsesItemReader(item, path: "input[\(index)]").read(into: &prompt)
        }
    }
}

// MARK: - Output

extension ResponsesRequestReader {
    private enum FormatType: String, CaseIterable {
        case text
        case jsonObject = "json_object"
        case jsonSchema = "json_schema"
    }

    /// `text`: the schema is flat, unlike chat's.
    private func readText(into request: inout GenerationRequest) throws(APIError) {
        guard let text = try reader.object("text") else { return }
        if try text.choice("verbosity", of: InferenceFields.Verbosity.self) != nil {
            request.routing.needs.setsVerbosity = true
        }
        guard let format = try text.object("format") else { return }
        switch try format.requiredChoice("type", of: FormatType.self) {
        case .text:
            return
        case .jsonObject:
            request.set(responseFormat: .jsonObject)
        case .jsonSchema:
            _ = try format.bool("strict")
            _ = try format.string("description")
            guard format.optional("schema") != nil else {
                throw format.invalid("schema", expected: "a JSON Schema")
            }
            request.set(responseFormat: try .jsonSchema(reading: format))
        }
        request.routing.needs.parameters.insert("response_format")
    }

    /// The names that OpenRouter lists (schema `ResponseIncludesEnum`) and those that OpenAI has besides.
    private enum Inclusion: String, CaseIterable {
        case fileSearchResults = "file_search_call.results"
        case inputImageURL = "message.input_image.image_url"
        case computerImageURL = "computer_call_output.output.image_url"
        case encryptedReasoning = "reasoning.encrypted_content"
        case codeOutputs = "code_interpreter_call.outputs"
        case logprobs = "message.output_text.logprobs"
        case searchResults = "web_search_call.results"
        case searchSources = "web_search_call.action.sources"
    }

    /// Log probabilities are wanted through `include`, as with OpenAI; `top_logprobs` says how many alternatives.
    private func alternativeCount() throws(APIError) -> Int? {
        let count = try reader.integer("top_logprobs", in: 0...20)
        let included = try reader.choices("include", of: Inclusion.self) ?? []
        return included.contains(.logprobs) ? count ?? 0 : nil
    }

    private enum ReasoningContext: String, CaseIterable {
        case auto
        case allTurns = "all_turns"
        case currentTurn = "current_turn"
    }

    private enum ReasoningMode: String, CaseIterable {
        case standard, pro
    }

    private func reasoning(tokenLimit: Int?) throws(APIError) -> GenerationRequest.Reasoning? {
        if let object = try reader.object("reasoning") {
            _ = try object.choice("context", of: ReasoningContext.self)
            _ = try object.choice("mode", of: ReasoningMode.self)
        }
        return try ReasoningFields(reader: reader).reasoning(tokenLimit: tokenLimit)
    }

    private enum Modality: String, CaseIterable {
        case text, image
    }
}

// MARK: - Fields that change nothing

extension ResponsesRequestReader {
    private enum Truncation: String, CaseIterable {
        case auto, disabled
    }

    private func checkRest() throws(APIError) {
        _ = try reader.string("user", longest: 256)
        _ = try reader.string("safety_identifier")
        _ = try reader.bool("background")
        _ = try reader.choice("truncation", of: Truncation.self)
        try InferenceFields(reader: reader).checkPromptCacheOptions()
        if let template = try reader.object("prompt") {
            guard try template.string("id") != nil else { throw template.invalid("id", expected: "a template's id") }
            _ = try template.object("variables")
        }
    }

    /// Besides chat's limits, keys have no brackets (schema `RequestMetadata`).
    private func checkMetadata(_ fields: InferenceFields) throws(APIError) {
        try fields.checkMetadata()
        for member in reader.optional("metadata")?.members.map({ $0 }) ?? []
        where member.key.contains(where: "[]".contains) {
            throw .invalidField(
                "metadata",
                expected: "keys without brackets",
                found: JSON.string(member.key).text
            )
        }
    }
}

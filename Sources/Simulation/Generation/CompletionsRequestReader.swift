internal import OpenRouterAPI

/// Reads and checks the body of `POST /completions`, the legacy text completion (reference: inference §3).
struct CompletionsRequestReader {
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
        guard let text = try reader.strings("prompt", acceptsOne: true)?.first else {
            throw reader.invalid("prompt", expected: "a string")
        }
        var prompt = PromptReader()
        prompt.read(prompt: text)
        try reader.markCacheBreakpoint(in: &prompt)
        let fields = InferenceFields(reader: reader)
        var request = GenerationRequest(routing: try fields.routing(now: now), prompt: prompt)
        try fields.read(into: &request)
        try fields.checkMetadata()
        request.input = reader.value["prompt"]
        request.alternativeCount = try alternativeCount()
        request.tokenLimit = try reader.integer("max_tokens", in: 1...Int.max)
        request.stopSequences = try reader.stopSequences()
        request.choiceCount = try reader.integer("n", in: 1...128) ?? 1
        request.reasoning = try ReasoningFields(reader: reader).reasoning(tokenLimit: request.tokenLimit)
        return request
    }

    /// `logprobs` is how many alternatives each token gets, as with OpenAI, or true or false as on chat.
    private func alternativeCount() throws(APIError) -> Int? {
        let count = try reader.integer("top_logprobs", in: 0...20)
        guard let member = reader.optional("logprobs") else { return count }
        if let isWanted = member.bool { return isWanted ? count ?? 0 : nil }
        return try reader.integer("logprobs", in: 0...20)
    }
}

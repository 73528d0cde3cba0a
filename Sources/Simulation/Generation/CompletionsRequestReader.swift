internal import OpenRouterAPI

/// Reads and checks the body of `POST /completions`, the legacy text completion (reference: inference §3).
struct CompletionsRequestReader {
    private let reader: FieldReader

    init(_ body: JSONValue) throws(APIError) {
        reader = try FieldReader(body)
    }

    func read() throws(APIError) -> GenerationRequest {
        guard let text = try reader.strings("prompt", acceptsOne: true)?.first else {
            throw reader.invalid("prompt", expected: "a string")
        }
        var prompt = PromptReader()
        prompt.read(prompt: text)
        var request = GenerationRequest(prompt: text, promptTokenCount: prompt.tokenCount)
        request.alternativeCount = try alternativeCount()
        try InferenceParameters(reader).read(into: &request)
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

internal import OpenRouterAPI

/// What `POST /embeddings` asks for (reference: inference §6.1).
///
/// `input_type` is accepted and changes nothing: a query's vector is that of a document with the same words.
struct EmbeddingsRequest: Sendable {
    enum Encoding: String, CaseIterable, Sendable {
        case float, base64
    }

    let routing: RoutingRequest
    let inputs: [EmbeddingInput]
    let usage: TokenUsage
    let dimensionCount: Int?
    let encoding: Encoding
    /// What the client calls its end user.
    let user: String?

    /// Reads and checks a body; members that it does not know are not rejected.
    ///
    /// - Parameters:
    ///   - body: the request's.
    ///   - now: microseconds since 1970 on the world's clock.
    /// - Throws: ``APIError`` 400 that names the member.
    init(reading body: JSONValue, now: Int64) throws(APIError) {
        let reader = try FieldReader(body)
        let input = try EmbeddingInputReader(reading: reader)
        var routing = try RoutingRequest(
            reading: reader,
            for: .embeddings,
            example: "openai/text-embedding-3-small",
            now: now
        )
        routing.needs.inputModalities = input.prompt.modalities
        var usage = input.prompt.tokens.usage
        usage.prompt += input.tokenIDCount
        routing.promptTokenCount = usage.prompt
        self.routing = routing
        self.usage = usage
        inputs = input.inputs
        dimensionCount = try reader.integer("dimensions", in: 1...Int.max)
        encoding = try reader.choice("encoding_format", of: Encoding.self) ?? .float
        _ = try reader.string("input_type")
        user = try reader.string("user")
    }

    /// What a model that takes the request embeds.
    ///
    /// - Throws: ``APIError`` 400 for more dimensions than the model has, and for an input longer than its window.
    func vectors(_ model: SyntheticEmbedding, window: Int) throws(APIError) -> [[Float]] {
        if let dimensionCount, dimensionCount > model.dimensionCount {
            throw .invalidField(
                "dimensions",
                expected: "an integer from 1 to \(model.dimensionCount), the model's own number",
                found: "\(dimensionCount)"
            )
        }
        for (index, input) in inputs.enumerated() where window > 0 && input.tokenCount > window {
            throw APIError(
                status: 400,
                message: "This model's maximum context length is \(window) tokens. However, input \(index) has about "
                    + "\(input.tokenCount) tokens. Please reduce its length.",
                metadata: ["error_type": .string(ErrorType.contextLengthExceeded.rawValue), "field": "input"]
            )
        }
        return inputs.map { model.vector(of: $0.features, dimensionCount: dimensionCount) }
    }
}

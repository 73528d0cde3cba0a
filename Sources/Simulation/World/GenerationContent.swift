package import OpenRouterAPI

/// What `/generation/content` shows of one answer.
package struct GenerationContent: Sendable {
    /// What was sent, read when somebody asks for it: messages, items or a prompt; nil when it is not known.
    package var input: (@Sendable () -> JSONValue?)?
    package var completion: String?
    package var reasoning: String?
    package var toolCalls: [ToolCall] = []
    package var failure: ProviderFailure?
    /// The whole request, read likewise.
    package var request: (@Sendable () -> JSONValue?)?

    package init(
        input: (@Sendable () -> JSONValue?)?,
        completion: String?,
        reasoning: String? = nil,
        failure: ProviderFailure? = nil
    ) {
        self.input = input
        self.completion = completion
        self.reasoning = reasoning
        self.failure = failure
    }
}

/// Written down with what was sent, not with how to read it.
extension GenerationContent: Codable {
    private enum Key: String, CodingKey {
        case input, completion, reasoning, failure
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encodeIfPresent(input?(), forKey: .input)
        try container.encodeIfPresent(completion, forKey: .completion)
        try container.encodeIfPresent(reasoning, forKey: .reasoning)
        try container.encodeIfPresent(failure, forKey: .failure)
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        var input: (@Sendable () -> JSONValue?)?
        if let value = try container.decodeIfPresent(JSONValue.self, forKey: .input) { input = { value } }
        self.init(
            input: input,
            completion: try container.decodeIfPresent(String.self, forKey: .completion),
            reasoning: try container.decodeIfPresent(String.self, forKey: .reasoning),
            failure: try container.decodeIfPresent(ProviderFailure.self, forKey: .failure)
        )
    }
}

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

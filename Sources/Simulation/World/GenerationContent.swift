package import OpenRouterAPI

/// What `/generation/content` shows of one answer.
package struct GenerationContent: Sendable {
    /// Messages or a prompt, as sent; nil when it is not known.
    package var input: JSONValue?
    package var completion: String?
    package var reasoning: String?
    package var failure: ProviderFailure?

    package init(
        input: JSONValue?,
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

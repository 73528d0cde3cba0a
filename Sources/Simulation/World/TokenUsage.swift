/// Tokens of one answer, in the model's own tokenizer, simulated.
package struct TokenUsage: Sendable, Hashable {
    package var prompt: Int
    /// Includes ``reasoning``.
    package var completion: Int
    package var reasoning: Int
    /// Prompt tokens read from a provider's cache.
    package var cached: Int

    package init(prompt: Int, completion: Int, reasoning: Int = 0, cached: Int = 0) {
        self.prompt = prompt
        self.completion = completion
        self.reasoning = reasoning
        self.cached = cached
    }

    package var total: Int { prompt + completion }
}

/// Tokens and media of one answer, in the model's own tokenizer, simulated.
package struct TokenUsage: Sendable, Hashable, Codable {
    /// Includes all other prompt tokens below.
    package var prompt: Int
    /// Includes all other completion tokens below.
    package var completion: Int
    package var reasoning: Int
    /// Prompt tokens read from a provider's cache.
    package var cached: Int
    /// Those of ``cached`` that are audio.
    package var cachedAudio = 0
    /// Prompt tokens written to a provider's cache, for five minutes or an hour.
    package var cacheWritten = 0
    /// Those of ``cacheWritten`` that stay for an hour.
    package var cacheWrittenForHour = 0
    package var promptAudio = 0
    package var promptVideo = 0
    package var promptImageTokens = 0
    package var promptFileTokens = 0
    /// A count of images, as ``outputImages``.
    package var promptImages = 0
    /// Tokens of images made.
    package var completionImage = 0
    package var completionAudio = 0
    /// A count of images made.
    package var outputImages = 0

    package init(prompt: Int, completion: Int, reasoning: Int = 0, cached: Int = 0) {
        self.prompt = prompt
        self.completion = completion
        self.reasoning = reasoning
        self.cached = cached
    }

    package var total: Int { prompt + completion }

    /// Prompt tokens that are of no other medium.
    package var promptText: Int {
        max(0, prompt - promptAudio - promptVideo - promptImageTokens - promptFileTokens)
    }

    /// Prompt tokens that no cache took part in, as Anthropic counts its `input_tokens`.
    ///
    /// A provider may report the same tokens as written and as read (reference: inference §7); then none are left.
    package var promptPastCache: Int { max(0, prompt - cached - cacheWritten) }
}

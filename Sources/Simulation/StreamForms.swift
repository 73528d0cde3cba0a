/// How streams are written where OpenRouter was seen to write them in more than one way.
package struct StreamForms: Sendable {
    /// Where a chat stream puts its usage (reference: inference §2.7).
    package enum Usage: String, Sendable, CaseIterable {
        /// On a chunk that repeats the finish chunk; the newest observation.
        case repeatedFinish = "repeated-finish"
        /// On a chunk without choices, as the guides promise.
        case emptyChoices = "empty-choices"
    }

    /// When a stream of `/responses` ends a reasoning item of a provider whose API OpenRouter emulates (reference:
    /// inference §4.8).
    package enum ReasoningEnd: String, Sendable, CaseIterable {
        /// After everything else, as observed.
        case afterAnswer = "after-answer"
        /// Before the next item, as OpenAI does.
        case beforeAnswer = "before-answer"
    }

    package var usage = Usage.repeatedFinish
    package var reasoningEnd = ReasoningEnd.afterAnswer

    /// Whether a stream of `/messages` ends with `event: data` and `data: [DONE]`, as observed in September 2026.
    ///
    /// Off, as documented: Anthropic's own clients of that time, such as anthropic 2.11.0 for Python, take every named
    /// event for JSON and fail at `[DONE]`.
    package var messagesEndWithDone = false
}

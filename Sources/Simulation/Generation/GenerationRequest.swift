package import OpenRouterAPI

/// What an inference request asks for, whichever API it came through.
package struct GenerationRequest: Sendable {
    package enum ResponseFormat: Sendable {
        case text
        /// Any JSON object.
        case jsonObject
        /// An instance of this schema; nil when none is given.
        case jsonSchema(JSONValue?)
    }

    package enum ToolChoice: Sendable, Hashable {
        case none
        case auto
        case required
        case function(String)
    }

    package struct Tool: Sendable {
        package var name: String
        /// JSON Schema of the arguments; nil for a tool without any.
        package var parameters: JSONValue?
    }

    package struct Reasoning: Sendable, Hashable {
        /// Thought, but not shown.
        package var isExcluded: Bool
        /// Tokens at most; nil for what the effort gives.
        package var tokenLimit: Int?
    }

    /// Slug as sent; nil for the account's default.
    package var model: String?

    /// The text the answer is about: the last user message, or the prompt.
    package var prompt: String

    /// Simulated tokens of everything sent.
    package var promptTokenCount: Int

    /// Whether a tool has answered since the last user message; then the model answers in text.
    package var hasToolResult = false

    package var isStreamed = false
    package var tools: [Tool] = []
    package var toolChoice = ToolChoice.auto
    package var responseFormat = ResponseFormat.text

    /// Completion tokens at most; nil for the model's own limit.
    package var tokenLimit: Int?
    package var stopSequences: [String] = []
    package var choiceCount = 1

    /// Nil: no log probabilities; else how many alternatives each token gets.
    package var alternativeCount: Int?
    package var reasoning: Reasoning?
    package var user: String?
    package var sessionID: String?

    package init(prompt: String, promptTokenCount: Int) {
        self.prompt = prompt
        self.promptTokenCount = promptTokenCount
    }
}

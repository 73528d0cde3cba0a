/// One thing a model does while it answers.
///
/// Each API's encoder shapes the steps into its own frames.
package enum GenerationStep: Sendable, Hashable {
    /// Text that is streamed as one delta; joined, the deltas are the unstreamed text.
    case text(String, logprobs: [TokenLogprob] = [])
    /// Visible thoughts, one delta.
    case reasoning(String)
    /// A whole call; the encoder splits its arguments into deltas.
    case toolCall(ToolCall)
    /// Keep-alive comments while nothing else is said.
    case comment(count: Int)
    /// Silence.
    case pause(Duration)
}

package struct ToolCall: Sendable, Hashable {
    package var id: String
    package var name: String
    /// A JSON document as text.
    package var arguments: String

    package init(id: String, name: String, arguments: String) {
        self.id = id
        self.name = name
        self.arguments = arguments
    }
}

/// The probability of one token, and of the likeliest others in its place.
package struct TokenLogprob: Sendable, Hashable {
    package struct Alternative: Sendable, Hashable {
        package var token: String
        package var logprob: Double
    }

    package var token: String
    /// Natural logarithm, at most zero.
    package var logprob: Double
    package var alternatives: [Alternative]
}

/// Why a model stopped.
///
/// Source: schema `ChatFinishReason`.
package enum FinishReason: String, Sendable, Hashable {
    case stop
    case length
    case toolCalls = "tool_calls"
    case contentFilter = "content_filter"
    case error
}

/// One choice of an answer.
package struct Generation: Sendable, Hashable {
    package var steps: [GenerationStep]
    package var finishReason: FinishReason
    package var usage: TokenUsage

    package init(steps: [GenerationStep], finishReason: FinishReason, usage: TokenUsage) {
        self.steps = steps
        self.finishReason = finishReason
        self.usage = usage
    }
}

extension Generation {
    package var text: String {
        steps.reduce(into: "") { text, step in
            if case .text(let delta, _) = step { text += delta }
        }
    }

    package var reasoning: String? {
        let deltas = steps.compactMap { step -> String? in
            if case .reasoning(let delta) = step { delta } else { nil }
        }
        return deltas.isEmpty ? nil : deltas.joined()
    }

    package var toolCalls: [ToolCall] {
        steps.compactMap { step -> ToolCall? in
            if case .toolCall(let call) = step { call } else { nil }
        }
    }

    package var logprobs: [TokenLogprob] {
        steps.flatMap { step -> [TokenLogprob] in
            if case .text(_, let logprobs) = step { logprobs } else { [] }
        }
    }
}

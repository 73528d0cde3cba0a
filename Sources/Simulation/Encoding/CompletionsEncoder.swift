internal import OpenRouterAPI
internal import Tapes

/// Shapes generations as legacy text completions (reference: inference §3).
struct CompletionsEncoder {
    let identity: AnswerIdentity
    let cost: Pricing.Cost
    let usage: TokenUsage
    let wantsLogprobs: Bool

    func completion(_ generations: [Generation]) -> JSON {
        var body = identity.members(object: "text_completion")
        let choices = generations.enumerated().map { index, generation in
            choice(
                index: index,
                text: generation.text,
                logprobs: generation.logprobs,
                finishReason: generation.finishReason,
                reasoning: generation.reasoning
            )
        }
        body.append("choices", .array(choices))
        body.append("usage", UsageEncoder(usage: usage, cost: cost).chat)
        return .object(body)
    }

    /// - Parameters:
    ///   - generations: one for each choice.
    ///   - pace: when the events come.
    ///   - keepAliveCount: comments before the first event.
    /// - Returns: the whole stream, `[DONE]` included.
    func frames(_ generations: [Generation], pace: Pace, keepAliveCount: Int) -> [Frame] {
        var events = EventFrames()
        for _ in 0..<keepAliveCount { events.keepAlive() }
        events.wait(pace.untilFirstToken)
        for (index, generation) in generations.enumerated() {
            for (position, step) in generation.steps.enumerated() {
                if position > 0 { events.wait(pace.betweenTokens) }
                switch step {
                case .text(let text, let logprobs):
                    events.data(chunk(choice(index: index, text: text, logprobs: logprobs)))
                case .reasoning(let text):
                    events.data(chunk(choice(index: index, text: "", reasoning: text)))
                case .comment(let count):
                    for _ in 0..<count { events.keepAlive() }
                case .pause(let duration):
                    events.wait(duration)
                case .toolCall:
                    // Text completions have no tools; the request's reader takes none.
                    break
                }
            }
            events.data(chunk(choice(index: index, text: "", finishReason: generation.finishReason)))
        }
        var last = identity.members(object: "text_completion")
        last.append("choices", [])
        last.append("usage", UsageEncoder(usage: usage, cost: cost).chat)
        events.data(.object(last))
        events.done()
        return events.frames
    }

    private func chunk(_ choice: JSON) -> JSON {
        var body = identity.members(object: "text_completion")
        body.append("choices", [choice])
        return .object(body)
    }

    private func choice(
        index: Int,
        text: String,
        logprobs: [TokenLogprob] = [],
        finishReason: FinishReason? = nil,
        reasoning: String? = nil
    ) -> JSON {
        [
            "index": .integer(index),
            "text": .string(text),
            "logprobs": wantsLogprobs && !logprobs.isEmpty ? self.logprobs(logprobs) : .null,
            "finish_reason": finishReason.map { .string($0.rawValue) } ?? .null,
            "native_finish_reason": finishReason.map { .string(identity.nativeFinishReason($0)) } ?? .null,
            "reasoning": reasoning.map { .string($0) } ?? .null,
        ]
    }

    private func logprobs(_ tokens: [TokenLogprob]) -> JSON {
        let hasAlternatives = tokens.contains { !$0.alternatives.isEmpty }
        return [
            "tokens": .array(tokens.map { .string($0.token) }),
            "token_logprobs": .array(tokens.map { .number($0.logprob) }),
            "top_logprobs": hasAlternatives
                ? .array(
                    tokens.map { token in
                        .object(JSONObject(token.alternatives.map { ($0.token, .number($0.logprob)) }))
                    }
                ) : .null,
        ]
    }
}

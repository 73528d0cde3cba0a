internal import OpenRouterAPI
internal import Tapes

/// Shapes an answer as a legacy text completion (reference: inference §3).
struct CompletionsEncoder: SkinEncoder {
    let wantsLogprobs: Bool
    /// `object` of a whole answer and of a chunk.
    var objects = (whole: "text_completion", chunk: "text_completion")

    func body(of answer: GeneratedAnswer) -> JSON {
        var body = answer.identity.members(object: objects.whole)
        let choices = answer.generations.enumerated().map { index, generation -> JSON in
            var choice = Choice(index: index, text: generation.text + (generation.refusal ?? ""))
            choice.logprobs = generation.logprobs
            choice.finishReason = generation.finishReason
            choice.reasoning = generation.reasoning
            choice.failure = generation.failure
            return json(choice, answer)
        }
        body.append("choices", .array(choices))
        body.append("usage", answer.usageEncoder.chat)
        body.append("openrouter_metadata", answer.routerMetadata(beside: answer.generation.failure))
        return .object(body)
    }

    func frames(of answer: GeneratedAnswer) -> [Frame] {
        var events = EventFrames()
        for _ in 0..<answer.keepAliveCount { events.keepAlive() }
        events.wait(answer.playedPace.untilFirstToken)
        for (index, generation) in answer.generations.enumerated() {
            for (position, step) in generation.steps.enumerated() {
                if position > 0 { events.wait(answer.playedPace.betweenTokens) }
                encode(step, index: index, answer, into: &events)
            }
            guard generation.failure == nil else { continue }
            var finish = Choice(index: index)
            finish.finishReason = generation.finishReason
            events.data(chunk(finish, answer))
        }
        if !answer.generations.contains(where: { $0.failure != nil }) {
            var last = answer.identity.members(object: objects.chunk)
            last.append("choices", [])
            last.append("usage", answer.usageEncoder.chat)
            last.append("openrouter_metadata", answer.routerMetadata)
            events.data(.object(last))
        }
        events.done()
        return events.frames
    }

    private func encode(_ step: GenerationStep, index: Int, _ answer: GeneratedAnswer, into events: inout EventFrames) {
        var choice = Choice(index: index)
        switch step {
        case .text(let text, let logprobs):
            choice.text = text
            choice.logprobs = logprobs
        case .refusal(let text):
            choice.text = text
        case .reasoning(let text):
            choice.reasoning = text
        case .failure(let failure):
            choice.finishReason = .error
            choice.failure = failure
            var body = answer.identity.members(object: objects.chunk)
            body.append("error", .object(failure.inAnswer.detail))
            body.append("choices", [json(choice, answer)])
            body.append("openrouter_metadata", answer.routerMetadata(beside: failure))
            return events.data(.object(body))
        case .comment, .pause, .interruption:
            return events.silence(step)
        case .toolCall, .serverTool, .annotation, .image, .audio:
            // Text completions have no place for them; their reader asks for none.
            return
        }
        events.data(chunk(choice, answer))
    }

    private func chunk(_ choice: Choice, _ answer: GeneratedAnswer) -> JSON {
        var body = answer.identity.members(object: objects.chunk)
        body.append("choices", [json(choice, answer)])
        return .object(body)
    }

    private struct Choice {
        var index: Int
        var text = ""
        var logprobs: [TokenLogprob] = []
        var finishReason: FinishReason?
        var reasoning: String?
        var failure: ProviderFailure?

        init(index: Int, text: String = "") {
            self.index = index
            self.text = text
        }
    }

    private func json(_ choice: Choice, _ answer: GeneratedAnswer) -> JSON {
        var json: JSONObject = [
            "index": .integer(choice.index),
            "text": .string(choice.text),
            "logprobs": wantsLogprobs && !choice.logprobs.isEmpty ? logprobs(choice.logprobs) : .null,
            "finish_reason": (choice.finishReason?.rawValue).json,
            "native_finish_reason": choice.finishReason.flatMap { answer.identity.nativeFinishReason($0) }.json,
            "reasoning": choice.reasoning.json,
        ]
        json.append("error", choice.failure.map { .object($0.inAnswer.detail) })
        return .object(json)
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

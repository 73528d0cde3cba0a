internal import OpenRouterAPI
internal import Tapes

/// Shapes generations as chat completions (reference: inference §2.5 to §2.8).
struct ChatEncoder {
    /// Where a stream puts its usage (reference: inference §2.7).
    enum UsageForm {
        /// On a chunk that repeats the finish chunk; the newest observation.
        case repeatedFinish
        /// On a chunk without choices, as the guides promise.
        case emptyChoices
    }

    let identity: AnswerIdentity
    let cost: Pricing.Cost
    let usage: TokenUsage
    let wantsLogprobs: Bool
    let reasoning: ReasoningEncoder
    var usageForm = UsageForm.repeatedFinish
}

// MARK: - Unstreamed

extension ChatEncoder {
    func completion(_ generations: [Generation]) -> JSON {
        var body = identity.members(object: "chat.completion")
        body.append("system_fingerprint", .null)
        body.append("service_tier", .null)
        body.append("choices", .array(generations.enumerated().map { choice($1, index: $0) }))
        body.append("usage", UsageEncoder(usage: usage, cost: cost).chat)
        return .object(body)
    }

    private func choice(_ generation: Generation, index: Int) -> JSON {
        [
            "index": .integer(index),
            "logprobs": logprobs(generation.logprobs, isWanted: wantsLogprobs) ?? .null,
            "finish_reason": .string(generation.finishReason.rawValue),
            "native_finish_reason": .string(identity.nativeFinishReason(generation.finishReason)),
            "message": .object(message(generation)),
        ]
    }

    private func message(_ generation: Generation) -> JSONObject {
        let calls = generation.toolCalls
        let hasContent = calls.isEmpty || !generation.text.isEmpty
        var message: JSONObject = [
            "role": "assistant",
            "content": hasContent ? .string(generation.text) : emptyContent,
            "refusal": .null,
            "reasoning": generation.reasoning.map { .string($0) } ?? .null,
        ]
        message.append("reasoning_details", generation.reasoning.map { reasoning.details($0) })
        if !calls.isEmpty {
            message.append("tool_calls", .array(calls.enumerated().map { toolCall($1, index: $0) }))
        }
        return message
    }

    /// Anthropic's calls come with an empty string, the others' with null.
    private var emptyContent: JSON {
        identity.author == "anthropic" ? "" : .null
    }

    private func toolCall(_ call: ToolCall, index: Int) -> JSON {
        [
            "type": "function",
            "index": .integer(index),
            "id": .string(call.id),
            "function": ["name": .string(call.name), "arguments": .string(call.arguments)],
        ]
    }
}

// MARK: - Streamed

extension ChatEncoder {
    /// - Parameters:
    ///   - generations: one for each choice.
    ///   - pace: when the events come.
    ///   - keepAliveCount: comments before the first event.
    /// - Returns: the whole stream, `[DONE]` included.
    func frames(_ generations: [Generation], pace: Pace, keepAliveCount: Int) -> [Frame] {
        var events = EventFrames()
        for _ in 0..<keepAliveCount { events.keepAlive() }
        events.wait(pace.untilFirstToken)
        let template = ChunkTemplate(identity.members(object: "chat.completion.chunk"))
        for (index, generation) in generations.enumerated() {
            encode(generation, index: index, template, pace, into: &events)
        }
        switch usageForm {
        case .repeatedFinish:
            let choices = generations.enumerated().map { finishChoice($1, index: $0) }
            events.data(usageChunk(choices: choices))
        case .emptyChoices:
            events.data(usageChunk(choices: []))
        }
        events.done()
        return events.frames
    }

    private func encode(
        _ generation: Generation,
        index: Int,
        _ template: ChunkTemplate,
        _ pace: Pace,
        into events: inout EventFrames
    ) {
        var toolIndex = 0
        var hasOpenReasoning = false
        for (position, step) in generation.steps.enumerated() {
            if hasOpenReasoning, !step.isReasoning {
                hasOpenReasoning = false
                closeReasoning(index, template, into: &events)
            }
            if position > 0 { events.wait(pace.betweenTokens) }
            switch step {
            case .text(let text, let logprobs):
                events.data(
                    template.textChunk(text, index: index, logprobs: self.logprobs(logprobs, isWanted: wantsLogprobs))
                )
            case .reasoning(let text):
                hasOpenReasoning = true
                let delta: JSON = [
                    "content": "",
                    "role": "assistant",
                    "reasoning": .string(text),
                    "reasoning_details": [reasoning.delta(text)],
                ]
                events.data(template.chunk(delta, index: index))
            case .toolCall(let call):
                encode(call, toolIndex, index, template, pace, into: &events)
                toolIndex += 1
            case .comment(let count):
                for _ in 0..<count { events.keepAlive() }
            case .pause(let duration):
                events.wait(duration)
            }
        }
        if hasOpenReasoning { closeReasoning(index, template, into: &events) }
        events.data(template.chunk(choice: finishChoice(generation, index: index)))
    }

    private func closeReasoning(_ index: Int, _ template: ChunkTemplate, into events: inout EventFrames) {
        guard let closing = reasoning.closing else { return }
        let delta: JSON = ["content": "", "role": "assistant", "reasoning": .null, "reasoning_details": [closing]]
        events.data(template.chunk(delta, index: index))
    }

    /// The first delta names the call, the following ones bring its arguments in pieces.
    private func encode(
        _ call: ToolCall,
        _ toolIndex: Int,
        _ index: Int,
        _ template: ChunkTemplate,
        _ pace: Pace,
        into events: inout EventFrames
    ) {
        let opening: JSON = [
            "index": .integer(toolIndex),
            "id": .string(call.id),
            "type": "function",
            "function": ["name": .string(call.name), "arguments": ""],
        ]
        events.data(template.chunk(["content": .null, "role": "assistant", "tool_calls": [opening]], index: index))
        for piece in TokenSplitter.tokens(in: call.arguments) {
            let fragment: JSON = [
                "index": .integer(toolIndex),
                "function": ["arguments": .string(String(piece))],
                "type": "function",
            ]
            events.wait(pace.betweenTokens)
            events.data(
                template.chunk(["content": .null, "role": "assistant", "tool_calls": [fragment]], index: index)
            )
        }
    }

    private func finishChoice(_ generation: Generation, index: Int) -> JSON {
        [
            "index": .integer(index),
            "delta": ["content": "", "role": "assistant"],
            "finish_reason": .string(generation.finishReason.rawValue),
            "native_finish_reason": .string(identity.nativeFinishReason(generation.finishReason)),
        ]
    }

    private func usageChunk(choices: [JSON]) -> JSON {
        var chunk = identity.members(object: "chat.completion.chunk")
        chunk.append("service_tier", "default")
        chunk.append("choices", .array(choices))
        chunk.append("usage", UsageEncoder(usage: usage, cost: cost).chat)
        return .object(chunk)
    }

    private func logprobs(_ tokens: [TokenLogprob], isWanted: Bool) -> JSON? {
        guard isWanted else { return nil }
        let content = tokens.map { token -> JSON in
            [
                "token": .string(token.token),
                "logprob": .number(token.logprob),
                "bytes": bytes(of: token.token),
                "top_logprobs": .array(
                    token.alternatives.map { alternative in
                        [
                            "token": .string(alternative.token),
                            "logprob": .number(alternative.logprob),
                            "bytes": bytes(of: alternative.token),
                        ]
                    }
                ),
            ]
        }
        return ["content": .array(content), "refusal": .null]
    }

    private func bytes(of token: String) -> JSON {
        .array(token.utf8.map { .integer(Int($0)) })
    }
}

extension GenerationStep {
    fileprivate var isReasoning: Bool {
        if case .reasoning = self { true } else { false }
    }
}

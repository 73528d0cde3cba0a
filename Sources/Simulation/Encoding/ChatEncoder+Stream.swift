internal import OpenRouterAPI
internal import Tapes

/// The streamed form (reference: inference §2.7 to §2.9).
extension ChatEncoder {
    func frames(of answer: GeneratedAnswer) -> [Frame] {
        var events = EventFrames()
        for _ in 0..<answer.keepAliveCount { events.keepAlive() }
        for body in answer.upstreamBodies { events.data(debugChunk(body, answer)) }
        events.wait(answer.playedPace.untilFirstToken)
        var stream = ChatStream(encoder: self, answer: answer, events: events)
        for (index, generation) in answer.generations.enumerated() {
            stream.encode(generation, choice: index)
        }
        // An error ends the generation; no usage follows it.
        if !answer.generations.contains(where: { $0.failure != nil }) {
            stream.events.data(usageChunk(answer))
        }
        stream.events.done()
        return stream.events.frames
    }

    private func debugChunk(_ body: GeneratedAnswer.UpstreamBody, _ answer: GeneratedAnswer) -> JSON {
        [
            "id": .string(answer.identity.id),
            "provider": .string(body.provider),
            "model": .string(body.model),
            "object": "chat.completion.chunk",
            "created": .integer(answer.identity.created),
            "choices": [],
            "debug": ["echo_upstream_body": body.json],
        ]
    }

    private func usageChunk(_ answer: GeneratedAnswer) -> JSON {
        var chunk = answer.identity.members(object: "chat.completion.chunk")
        chunk.append("service_tier", .string(answer.serviceTier))
        let choices: [JSON] =
            switch usageForm {
            case .repeatedFinish:
                answer.generations.enumerated().map { finishChoice($1, index: $0, answer.identity) }
            case .emptyChoices: []
            }
        chunk.append("choices", .array(choices))
        chunk.append("usage", answer.usageEncoder.chat)
        chunk.append("openrouter_metadata", answer.routerMetadata)
        return .object(chunk)
    }

    fileprivate func finishChoice(_ generation: Generation, index: Int, _ identity: AnswerIdentity) -> JSON {
        [
            "index": .integer(index),
            "delta": ["content": "", "role": "assistant"],
            "finish_reason": .string(generation.finishReason.rawValue),
            "native_finish_reason": identity.nativeFinishReason(generation.finishReason).json,
        ]
    }
}

/// One stream of chunks being written.
private struct ChatStream {
    private let encoder: ChatEncoder
    private let answer: GeneratedAnswer
    private var template: ChunkTemplate
    private let reasoning: ReasoningEncoder
    var events: EventFrames
    private var choice = 0
    private var toolIndex = 0
    private var imageIndex = 0
    private var hasOpenReasoning = false

    init(encoder: ChatEncoder, answer: GeneratedAnswer, events: EventFrames) {
        self.encoder = encoder
        self.answer = answer
        self.events = events
        template = ChunkTemplate(answer.identity.members(object: "chat.completion.chunk"))
        reasoning = ReasoningEncoder(answer)
        let stepCount = answer.generations.reduce(0) { $0 + $1.steps.count }
        // Beside the steps come a finish of each choice, the usage and the mark of the end.
        self.events.reserve(stepCount + answer.generations.count + 2, byteCount: template.byteCount)
    }

    mutating func encode(_ generation: Generation, choice: Int) {
        self.choice = choice
        template.begin(choice)
        toolIndex = 0
        imageIndex = 0
        for (position, step) in generation.steps.enumerated() {
            if hasOpenReasoning, !step.isReasoning { closeReasoning() }
            if position > 0 { events.wait(answer.playedPace.betweenTokens) }
            encode(step)
        }
        if hasOpenReasoning { closeReasoning() }
        guard generation.failure == nil else { return }
        let finish = encoder.finishChoice(generation, index: choice, answer.identity)
        events.data(from: template) { $0.write(choice: finish, into: &$1) }
    }

    private mutating func encode(_ step: GenerationStep) {
        switch step {
        case .text(let text, let logprobs):
            let probabilities = encoder.logprobs(logprobs)
            events.data(from: template) { $0.write(text: text, logprobs: probabilities, into: &$1) }
        case .reasoning(let text):
            hasOpenReasoning = true
            delta(["reasoning": .string(text), "reasoning_details": [reasoning.delta(text)]])
        case .refusal(let text):
            delta(["refusal": .string(text)])
        case .toolCall(let call):
            encode(call)
        case .annotation(let annotation):
            delta(["annotations": [annotation.chat]])
        case .image(let image):
            delta(["images": [encoder.image(image, index: imageIndex)]])
            imageIndex += 1
        case .audio(let piece):
            delta([
                "audio": [
                    "id": .string("audio_" + answer.opaque.prefix(24)),
                    "data": .string(piece.base64),
                    "transcript": .string(piece.transcript),
                    // As OpenAI: an hour.
                    "expires_at": .integer(answer.identity.created + 3600),
                ]
            ])
        case .serverTool:
            // Runs unseen; its traces are annotations and usage (reference: inference §2.12 e).
            break
        case .comment, .pause, .interruption:
            events.silence(step)
        case .failure(let failure):
            events.data(errorChunk(failure))
        }
    }

    private mutating func delta(_ own: JSONObject) {
        var delta: JSONObject = ["content": "", "role": "assistant"]
        delta.append(contentsOf: own)
        send(.object(delta))
    }

    private mutating func send(_ delta: JSON) {
        events.data(from: template) { $0.write(delta, into: &$1) }
    }

    private mutating func closeReasoning() {
        hasOpenReasoning = false
        guard let closing = reasoning.closing else { return }
        delta(["reasoning": .null, "reasoning_details": [closing]])
    }

    /// The first delta names the call, the following ones bring its arguments in pieces.
    private mutating func encode(_ call: ToolCall) {
        toolDelta([
            "index": .integer(toolIndex),
            "id": .string(call.id),
            "type": "function",
            "function": ["name": .string(call.name), "arguments": ""],
        ])
        for piece in TokenSplitter.tokens(in: call.arguments) {
            events.wait(answer.playedPace.betweenTokens)
            toolDelta([
                "index": .integer(toolIndex),
                "function": ["arguments": .string(piece)],
                "type": "function",
            ])
        }
        toolIndex += 1
    }

    private mutating func toolDelta(_ call: JSON) {
        send(["content": .null, "role": "assistant", "tool_calls": [call]])
    }

    private func errorChunk(_ failure: ProviderFailure) -> JSON {
        var chunk = answer.identity.members(object: "chat.completion.chunk")
        chunk.append("error", .object(failure.inAnswer.detail))
        chunk.append(
            "choices",
            [
                [
                    "index": .integer(choice),
                    "delta": ["content": ""],
                    "finish_reason": "error",
                    "native_finish_reason": "error",
                ]
            ]
        )
        chunk.append("openrouter_metadata", answer.routerMetadata(beside: failure))
        return .object(chunk)
    }
}

extension GenerationStep {
    var isReasoning: Bool {
        if case .reasoning = self { true } else { false }
    }
}

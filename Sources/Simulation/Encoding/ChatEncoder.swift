internal import OpenRouterAPI

/// Shapes an answer as a chat completion (reference: inference §2.5).
struct ChatEncoder: SkinEncoder {
    let wantsLogprobs: Bool
    var usageForm = StreamForms.Usage.repeatedFinish

    func body(of answer: GeneratedAnswer) -> JSON {
        var body = answer.identity.members(object: "chat.completion")
        body.append("system_fingerprint", .null)
        // As observed: unstreamed, the base tier is null.
        body.append("service_tier", answer.serviceTier == "default" ? .null : .string(answer.serviceTier))
        body.append("choices", .array(answer.generations.enumerated().map { choice($1, index: $0, answer) }))
        body.append("usage", answer.usageEncoder.chat)
        body.append("openrouter_metadata", answer.routerMetadata(beside: answer.generation.failure))
        return .object(body)
    }

    private func choice(_ generation: Generation, index: Int, _ answer: GeneratedAnswer) -> JSON {
        var choice: JSONObject = [
            "index": .integer(index),
            "logprobs": logprobs(generation.logprobs) ?? .null,
            "finish_reason": .string(generation.finishReason.rawValue),
            "native_finish_reason": answer.identity.nativeFinishReason(generation.finishReason).json,
            "message": .object(message(generation, answer)),
        ]
        choice.append("error", generation.failure.map { .object($0.inAnswer.detail) })
        return .object(choice)
    }

    private func message(_ generation: Generation, _ answer: GeneratedAnswer) -> JSONObject {
        let calls = generation.toolCalls
        let text = generation.text
        var message: JSONObject = [
            "role": "assistant",
            "content": hasContent(generation, text) ? .string(text) : emptyContent(answer),
            "refusal": generation.refusal.json,
            "reasoning": generation.reasoning.json,
        ]
        message.append("reasoning_details", generation.reasoning.map { ReasoningEncoder(answer).details($0) })
        if !calls.isEmpty {
            message.append("tool_calls", .array(calls.enumerated().map { toolCall($1, index: $0) }))
        }
        let annotations = generation.annotations
        if !annotations.isEmpty { message.append("annotations", .array(annotations.map(\.chat))) }
        let images = generation.images
        if !images.isEmpty { message.append("images", .array(images.enumerated().map { image($1, index: $0) })) }
        return message
    }

    private func hasContent(_ generation: Generation, _ text: String) -> Bool {
        guard text.isEmpty else { return true }
        return generation.toolCalls.isEmpty && generation.refusal == nil
    }

    /// Anthropic's calls come with an empty string, the others' with null.
    private func emptyContent(_ answer: GeneratedAnswer) -> JSON {
        answer.identity.author == "anthropic" ? "" : .null
    }

    private func toolCall(_ call: ToolCall, index: Int) -> JSON {
        [
            "type": "function",
            "index": .integer(index),
            "id": .string(call.id),
            "function": ["name": .string(call.name), "arguments": .string(call.arguments)],
        ]
    }

    func image(_ image: GeneratedImage, index: Int) -> JSON {
        ["type": "image_url", "image_url": ["url": .string(image.dataURL)], "index": .integer(index)]
    }

    /// Nil where nobody asked, where the endpoint dropped the wish, and beside calls, which have none.
    func logprobs(_ tokens: [TokenLogprob]) -> JSON? {
        guard wantsLogprobs, !tokens.isEmpty else { return nil }
        return ["content": .array(tokens.map(\.json)), "refusal": .null]
    }
}

extension TokenLogprob {
    var json: JSON {
        [
            "token": .string(token),
            "logprob": .number(logprob),
            "bytes": Self.bytes(of: token),
            "top_logprobs": .array(
                alternatives.map { alternative in
                    [
                        "token": .string(alternative.token),
                        "logprob": .number(alternative.logprob),
                        "bytes": Self.bytes(of: alternative.token),
                    ]
                }
            ),
        ]
    }

    private static func bytes(of token: String) -> JSON {
        .array(token.utf8.map { .integer(Int($0)) })
    }
}

extension Annotation {
    /// Nested, as chat has it; `/responses` has it flat.
    var chat: JSON {
        switch self {
        case .citation(let citation):
            [
                "type": "url_citation",
                "url_citation": [
                    "url": .string(citation.url),
                    "title": .string(citation.title),
                    "start_index": .integer(citation.start),
                    "end_index": .integer(citation.end),
                    "content": .string(citation.content),
                ],
            ]
        case .file(let file):
            [
                "type": "file",
                "file": [
                    "hash": .string(file.hash),
                    "name": .string(file.name),
                    "content": [
                        ["type": "text", "text": .string("<file name=\"\(file.name)\">")],
                        ["type": "text", "text": .string(file.text)],
                        ["type": "text", "text": "</file>"],
                    ],
                ],
            ]
        }
    }
}

extension String? {
    /// The string, or null.
    var json: JSON {
        map { .string($0) } ?? .null
    }
}

/// The bodies of the conversational operations, which read them themselves: what is required, and the types and ranges of
/// what is plain; see the readers in Generation for the rest.
extension ObjectShape {
    static let chatBody = ObjectShape(
        [.required("messages", .messages)] + sharedMembers + choiceMembers + [
            .optional("max_completion_tokens", .integer(in: 1...Int.max), orNull: true),
            .optional("response_format", .object(typed), orNull: true),
            .optional("tool_choice", .either([.string(), .object(ObjectShape())]), orNull: true),
            .optional("parallel_tool_calls", .bool, orNull: true),
            .optional("modalities", .array(of: .choice(["text", "image", "audio"])), orNull: true),
            .optional("audio", .object(ObjectShape()), orNull: true),
            .optional("verbosity", .choice(of: InferenceFields.Verbosity.self), orNull: true),
            .optional("metadata", .map(of: .string(length: 0...512)), orNull: true),
        ]
    )

    static let completionsBody = ObjectShape(
        [.required("prompt", .either([.string(), .array(of: .string(), count: 1...Int.max)]))] + sharedMembers
            + choiceMembers.filter { $0.name != "logprobs" } + [
                .optional("logprobs", .either([.bool, .integer(in: 0...20)]), orNull: true)
            ]
    )

    static let responsesBody = ObjectShape(
        [
            .required("input", .either([.string(), .array(of: .object(ObjectShape()), count: 1...Int.max)])),
            .optional("instructions", .string(), orNull: true),
            .optional("max_output_tokens", .integer(in: 1...Int.max), orNull: true),
            .optional("text", .object(ObjectShape()), orNull: true),
            .optional("include", .array(of: .string()), orNull: true),
            .optional("store", .bool, orNull: true),
            .optional("parallel_tool_calls", .bool, orNull: true),
        ] + sharedMembers
    )

    static let messagesBody = ObjectShape(
        [
            .required("model", .string()),
            .required("messages", .messages),
            .optional("system", .either([.string(), .array(of: .object(typed))]), orNull: true),
            .optional("max_tokens", .integer(in: 1...Int.max), orNull: true),
            .optional("stop_sequences", .array(of: .string()), orNull: true),
            .optional("thinking", .object(typed), orNull: true),
            .optional("fallbacks", .array(of: .object(ObjectShape(.required("model", .string()))), count: 0...3)),
        ] + sharedMembers.filter { $0.name != "model" }
    )

    private static let typed = ObjectShape(.required("type", .string()))

    /// What the readers of all four have in common; see ``InferenceFields``.
    private static let sharedMembers: [Member] = [
        .optional("model", .text, orNull: true),
        .optional("models", .array(of: .string()), orNull: true),
        .optional("provider", .object(ObjectShape()), orNull: true),
        .optional("plugins", .array(of: .object(ObjectShape(.required("id", .string())))), orNull: true),
        .optional("tools", .array(of: .object(ObjectShape())), orNull: true),
        .optional("stream", .bool, orNull: true),
        .optional("temperature", .number(in: 0...2), orNull: true),
        .optional("top_p", .number(in: 0...1), orNull: true),
        .optional("top_k", .integer(in: 0...Int.max), orNull: true),
        .optional("top_a", .number(in: 0...1), orNull: true),
        .optional("min_p", .number(in: 0...1), orNull: true),
        .optional("frequency_penalty", .number(in: -2...2), orNull: true),
        .optional("presence_penalty", .number(in: -2...2), orNull: true),
        .optional("repetition_penalty", .number(in: 0...2), orNull: true),
        .optional("seed", .integer(), orNull: true),
        .optional("user", .string(), orNull: true),
        .optional("session_id", .string(length: 0...256), orNull: true),
        .optional("max_tool_calls", .integer(in: 1...30), orNull: true),
    ]

    /// What chat and completions have in common besides.
    private static let choiceMembers: [Member] = [
        .optional("max_tokens", .integer(in: 1...Int.max), orNull: true),
        .optional("n", .integer(in: 1...128), orNull: true),
        .optional("stop", .either([.string(), .array(of: .string(), count: 0...4)]), orNull: true),
        .optional("logprobs", .bool, orNull: true),
        .optional("top_logprobs", .integer(in: 0...20), orNull: true),
        .optional("logit_bias", .map(of: .number(in: -100...100)), orNull: true),
        .optional("reasoning", .object(ObjectShape()), orNull: true),
        .optional("reasoning_effort", .choice(of: ReasoningFields.Effort.self), orNull: true),
        .optional("include_reasoning", .bool, orNull: true),
    ]
}

extension ValueShape {
    fileprivate static let messages = ValueShape.array(
        of: .object(ObjectShape(.required("role", .string()))),
        count: 1...Int.max
    )
}

extension RequestSkin {
    /// What a body in this skin has.
    var bodyShape: ObjectShape {
        switch self {
        case .chat: .chatBody
        case .completions: .completionsBody
        case .messages: .messagesBody
        case .responses: .responsesBody
        }
    }
}

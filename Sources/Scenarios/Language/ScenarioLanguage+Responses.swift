internal import OpenRouterAPI
internal import Tapes

extension ScenarioLanguage {
    static let response = MappingShape(
        "a response",
        definition: "response",
        "One answer: an error, a whole answer, a provider's steps, or what each provider does.",
        fields: [
            FieldShape("error", .mapping(error), "An error of OpenRouter's own, before any provider is asked."),
            FieldShape("steps", steps, "What whichever provider answers says."),
            FieldShape("text", text, "Short for the single step."),
            FieldShape("reasoning", text, "Short for the single step."),
            FieldShape("refusal", text, "Short for the single step."),
            FieldShape("tool_call", .mapping(toolCall), "Short for the single step."),
            FieldShape(
                "providers",
                providers,
                "What each provider does, by name or position; the first entry that fits counts, others answer normally."
            ),
            FieldShape(
                "models",
                .map(keys: .modelAttempt, of: .either([.mapping(modelScript), .list(.mapping(step))])),
                "What the providers of each model do, by the model's name or its position in the request."
            ),
            FieldShape("status", .integer(200...599), "A whole answer's status; 200 unless said otherwise."),
            FieldShape("headers", .map(keys: .headerName, of: .scalarText), "A whole answer's header fields."),
            FieldShape(
                "body",
                .either([.text(.template), .object, .list(.json)]),
                "A whole answer's body: a string as it is, anything else as JSON."
            ),
            FieldShape("frames", .list(.mapping(frame)), "A whole answer's body in parts, with pauses between them."),
            FieldShape(
                "raw",
                .text(.template),
                "The bytes of the whole answer, in place of status line, headers and body."
            ),
            FieldShape(
                "ending",
                .choice(endings, noun: "ending"),
                "How a whole answer ends; complete unless said otherwise."
            ),
        ]
    )

    /// The same for every inference API.
    static let steps: ValueShape = .either([.mapping(step), .list(.mapping(step))])

    static let providers: ValueShape = .map(keys: .attempt, of: steps)

    static let step = MappingShape(
        "a step",
        definition: "step",
        keyNoun: "step",
        count: .one,
        "One thing that a provider says or does.",
        fields: [
            FieldShape("comment", comment, "Keep-alive comments: how many, or their text."),
            FieldShape("reasoning", text, "Visible thoughts."),
            FieldShape("text", text, "Words of the answer."),
            FieldShape("refusal", text, "Words of a refusal."),
            FieldShape("tool_call", .mapping(toolCall), "A call of a tool."),
            FieldShape("pause", .text(.duration), "Silence."),
            FieldShape(
                "error",
                .mapping(error),
                "Before any word a failure of the provider, after that an error inside the stream."
            ),
            FieldShape("usage", .mapping(usage), "Token counts in place of those that were counted."),
            FieldShape("finish", .choice(finishReasons, noun: "finish reason"), "Why the answer is over."),
            FieldShape("data", .either([.text(.template), .object, .list(.json)]), "An event with this data."),
            FieldShape("raw", .text(.template), "Bytes in the body as they are."),
            FieldShape("cut", .choice(endings, noun: "ending"), "The end of everything."),
        ]
    )

    static let frame = MappingShape(
        "a frame",
        definition: "frame",
        keyNoun: "frame",
        count: .one,
        "A part of a whole answer's body, or a pause before the next one.",
        fields: step.fields.filter { ["comment", "pause", "data", "raw"].contains($0.name) }
    )

    static let modelScript = MappingShape(
        "what a model's providers do",
        definition: "modelScript",
        keyNoun: "step",
        count: .one,
        "A step that each provider of the model makes, or what each of them does.",
        fields: step.fields + [FieldShape("providers", providers, "What each provider of the model does.")]
    )

    static let endings = Ending.allCases.map(\.rawValue)
    static let finishReasons = ["stop", "length", "tool_calls", "content_filter", "error"]

    static let comment: ValueShape = .either([
        .integer(1...10_000), .text(.plain),
        .mapping(
            MappingShape(
                "comments",
                definition: "comment",
                "Keep-alive comments.",
                fields: [
                    FieldShape("count", .integer(1...10_000), "How many; 1 unless said otherwise."),
                    FieldShape("every", .text(.duration), "The time before each; none unless said otherwise."),
                    FieldShape("text", .text(.plain), "Their text; OPENROUTER PROCESSING unless said otherwise."),
                ]
            )
        ),
    ])

    static let text: ValueShape = .either([
        .text(.template),
        .mapping(
            MappingShape(
                "a text",
                definition: "text",
                "Words, how they are cut into deltas, and when each leaves.",
                fields: [
                    FieldShape("value", .text(.template), "The words.", isRequired: true),
                    FieldShape(
                        "chunk",
                        .choice(ScriptedText.Chunking.allCases.map(\.rawValue)),
                        "What a delta is; tokens unless said otherwise."
                    ),
                    FieldShape("every", .text(.duration), "The time before each delta; none unless said otherwise."),
                    FieldShape("jitter", .text(.duration), "At most so much more or less, by the world's seed."),
                ]
            )
        ),
    ])

    static let toolCall = MappingShape(
        "a tool call",
        definition: "toolCall",
        "A call of a tool that the request declares.",
        fields: [
            FieldShape("name", .text(.template), "The tool's name.", isRequired: true),
            FieldShape("arguments", .object, "The arguments, an object; empty unless said otherwise."),
            FieldShape("id", .text(.template), "The call's id; made up unless said otherwise."),
        ]
    )

    static let error = MappingShape(
        "an error",
        definition: "error",
        "An error of OpenRouter or of a provider.",
        fields: [
            FieldShape("status", .integer(400...599), "The HTTP status; the type's own unless said otherwise."),
            FieldShape(
                "type",
                .choice(ErrorType.allCases.map(\.rawValue), noun: "error type"),
                "The stable name; the status's usual one unless said otherwise."
            ),
            FieldShape("message", .text(.template), "The wording; the usual one unless said otherwise."),
            FieldShape("code", .scalarText, "The provider's own code."),
            FieldShape("raw", .either([.text(.template), .object]), "What the provider sent."),
            FieldShape("retry_after", .text(.wholeSeconds), "For Retry-After, which is left out otherwise."),
            FieldShape("headers", .map(keys: .headerName, of: .scalarText), "Header fields beside the usual ones."),
            FieldShape("metadata", .object, "Members of the error's metadata beside those that the type has."),
            FieldShape(
                "availability",
                .choice(Availability.Code.allCases.map(\.rawValue), noun: "availability code"),
                "Why the model cannot be had, of an error of OpenRouter's own: the code in `error.availability`."
            ),
            FieldShape("in_200", .bool, "Whether it is the body of a 200; false unless said otherwise."),
        ]
    )

    static let usage = MappingShape(
        "token counts",
        definition: "usage",
        "Token counts in place of those that were counted; what is not said stays.",
        fields: [
            FieldShape("prompt_tokens", .integer(0...1_000_000_000), "Tokens of the prompt."),
            FieldShape("completion_tokens", .integer(0...1_000_000_000), "Tokens of the answer, thoughts included."),
            FieldShape("reasoning_tokens", .integer(0...1_000_000_000), "Tokens of the thoughts."),
            FieldShape("cached_tokens", .integer(0...1_000_000_000), "Tokens of the prompt that came from a cache."),
        ]
    )
}

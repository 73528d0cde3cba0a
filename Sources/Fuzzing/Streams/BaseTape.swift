/// A conversation worth breaking, as it is before any mutation.
package struct BaseTape: Sendable, Hashable {
    package let name: String
    /// What makes it worth breaking, in one sentence.
    package let summary: String
    package let conversation: Conversation
    /// Why a client fails on it, most likely.
    let cause: Cause
    /// The events in which it was recorded; nil for a tape of the fuzzer's own.
    let recorded: RecordedStream?

    init(
        _ name: String,
        _ summary: String,
        _ cause: Cause,
        _ conversation: Conversation,
        recorded: RecordedStream? = nil
    ) {
        self.name = name
        self.summary = summary
        self.cause = cause
        self.conversation = conversation
        self.recorded = recorded
    }

    /// Whether only clients that declare a tool can be asked.
    package var needsTools: Bool { !conversation.toolCalls.isEmpty }
}

extension BaseTape {
    /// All of them, from the plainest on: a later one contains more that can go wrong.
    package static let all: [BaseTape] = [
        plain, short, blanks, framing, separators, text, reasoning, long, tool, parallel,
    ]

    package static func named(_ name: String) -> BaseTape? {
        all.first { $0.name == name }
    }

    /// Nothing but letters: whoever fails here does not work at all.
    package static let plain = BaseTape(
        "plain",
        "ASCII letters in three deltas",
        .broken,
        Conversation(text: ["Hello", ", world", "."])
    )

    /// The smallest with characters of all sizes: to begin with, and to shrink to.
    package static let short = BaseTape(
        "short",
        "characters of one to four bytes in three deltas",
        .encoding,
        Conversation(text: ["Grü", "ße", "東京🙂."])
    )

    package static let blanks = BaseTape(
        "blanks",
        "blanks and line breaks at the ends of deltas and of the text",
        .trimmedText,
        Conversation(text: ["  two", " ", "words\n", "\n", "and\ttab ", " "])
    )

    package static let framing = BaseTape(
        "framing",
        "text that looks like framing",
        .textAsFraming,
        Conversation(text: [
            "say data: x", "\n\ndata: [DONE]\n\n", "[DONE]", "\nevent: y\n", ": z\r\n", "{\"a\": \"b\\\"}", " ok",
        ])
    )

    package static let separators = BaseTape(
        "separators",
        "characters that other formats end lines at",
        .unicodeLines,
        Conversation(text: ["a\u{2028}b", "\u{85}c", "\u{2029}d", "\u{0B}e\u{0C}f", "\u{1C}g\u{1E}", "h"])
    )

    /// Everything that layers must not touch.
    package static let text = BaseTape(
        "text",
        "many scripts, emoji, blanks, quotes, line breaks, text that looks like framing",
        .deltas,
        Conversation(
            text: [
                " Grüße", " aus ", "東京", " — ", "\"quoted\"", " \\back\\slash/ \\n ", "tab\there\n\n",
                "data: not an event\n\n", "[DONE]", " is text; ", ": so is this\r\n", "{\"a\": [1, 2]}", "\u{2028}",
                "line\u{85}sep", "\u{0B}\u{0C}", "🙂👩‍👩‍👧", "हिन्दी ", "e\u{301} ", "עברית ", "the end", " of it.", "  ",
            ]
        )
    )

    package static let reasoning = BaseTape(
        "reasoning",
        "thinking before the text",
        .reasoning,
        Conversation(reasoning: ["Let me ", "think: ", "日本 first. "], text: ["The answer ", "is ", "42", "."])
    )

    package static let long = BaseTape(
        "long",
        "three hundred deltas",
        .manyDeltas,
        Conversation(text: (1...300).map { "word\($0) " } + ["end."])
    )

    package static let tool = BaseTape(
        "tool",
        "text, then one call of a tool",
        .tools,
        Conversation(
            text: ["Let me ", "look. "],
            toolCalls: [
                .init(
                    id: "call_7a1",
                    name: "get_weather",
                    pieces: [
                        "{\"loc", "ation\": \"Zü", "rich \\\"old\\", "\" \\u00e9 🙂\", \"day", "s\": [1, 2",
                        "3], \"at\": {\"hour\": 9, \"by\": \"{}\"}, \"unit\":", " \"celsius\"", "}",
                    ]
                )
            ]
        )
    )

    /// The smallest with a call of a tool: to shrink to.
    static let call = BaseTape(
        "call",
        "one call of a tool and no text",
        .tools,
        Conversation(toolCalls: [
            .init(id: "call_1", name: "get_weather", pieces: ["{\"location\":", "\"Paris\"", "}"])
        ])
    )

    /// The smallest with calls to mix up: to shrink to.
    static let calls = BaseTape(
        "calls",
        "two calls of a tool and no text",
        .toolIndex,
        Conversation(
            toolCalls: call.conversation.toolCalls + [
                .init(id: "call_2", name: "get_weather", pieces: ["{\"location\":", "\"Rome\"", "}"])
            ]
        )
    )

    package static let parallel = BaseTape(
        "parallel",
        "three calls of a tool and no text",
        .toolIndex,
        Conversation(
            toolCalls: [
                .init(id: "call_p1", name: "get_weather", pieces: ["{\"location\":", "\"Paris\"", "}"]),
                .init(id: "call_p2", name: "get_weather", pieces: ["{\"location\"", ":\"東京\",", "\"days\":10", "0}"]),
                .init(id: "call_p3", name: "get_weather", pieces: ["{\"loc", "ation\":\"Berlin\"", "}"]),
            ]
        )
    )
}

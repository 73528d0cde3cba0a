internal import OpenRouterAPI

extension MutationTable {
    /// What the JSON of a chat stream may look like.
    static let chatPayload: [Mutation] = [
        Mutation(
            "usage",
            .payload,
            .preserving,
            .payload,
            rank: 1,
            "Usage in each of its forms.",
            apis: [.chat],
            values: [
                .init("no-choices", .noChoices), .init("repeated", .finishTwice), .init("unfinished", .finishTwice),
                .init("missing", .usageMissing), .init("null-everywhere", .nullMembers),
            ]
        ) { draft, value, _ in
            draft.tellUsage(value)
            return true
        },
        Mutation(
            "no-choices",
            .payload,
            .preserving,
            .payload,
            rank: 1,
            "Chunks without a choice.",
            apis: [.chat],
            values: [
                .init("first", .noChoices), .init("middle", .noChoices), .init("missing", .choicesMissing),
                .init("null", .choicesMissing),
            ]
        ) { draft, value, _ in
            var object = ChatSkin.head
            if value != "missing" { object.append("choices", value == "null" ? .null : []) }
            let block = Block(.filler, .json(.object(object)))
            draft.blocks.insert(block, at: value == "first" ? draft.start : draft.middle)
            return true
        },
        Mutation(
            "no-content",
            .payload,
            .preserving,
            .payload,
            rank: 1,
            "Chunks that say nothing.",
            apis: [.chat],
            values: [
                .init("null", .nullContent), .init("missing", .nullContent), .init("empty", .nullContent),
                .init("delta-empty", .nullContent), .init("delta-null", .nullDelta),
                .init("delta-missing", .nullDelta), .init("finish-null", .nullContent),
                .init("finish-delta-empty", .nullContent), .init("tool-calls-null", .nullToolCalls),
                .init("tool-calls-empty", .nullToolCalls), .init("role-only", .nullContent),
            ]
        ) { draft, value, _ in
            draft.sayNothing(value)
            return true
        },
        Mutation(
            "role",
            .payload,
            .preserving,
            .payload,
            rank: 2,
            "The role elsewhere than usual.",
            apis: [.chat],
            values: [.init("first", .role), .init("nowhere", .role), .init("empty", .role), .init("null", .role)]
        ) { draft, value, _ in
            let chunks = draft.blocks.indices.filter { draft.blocks[$0].payload != nil }
            for (count, index) in chunks.enumerated() {
                draft.blocks[index].editDelta { delta in
                    switch value {
                    case "first": if count > 0 { delta["role"] = nil }
                    case "nowhere": delta["role"] = nil
                    case "empty": delta["role"] = ""
                    default: delta["role"] = .null
                    }
                }
            }
            return true
        },
        Mutation(
            "finish",
            .payload,
            .preserving,
            .payload,
            rank: 2,
            "The end of the answer in other forms.",
            slot: "marker",
            apis: [.chat],
            values: [
                .init("with-text", .finishWithText), .init("twice", .finishTwice),
                .init("sentinel-only", .markerRequired),
                .init("length", .finishReason), .init("content-filter", .finishReason),
                .init("native", .finishReason), .init("tool-stop", .toolFinish, on: "tool"),
            ]
        ) { draft, value, _ in
            draft.finish(value)
        },
        Mutation(
            "resplit",
            .payload,
            .preserving,
            .conversation,
            rank: 2,
            "The text cut into other deltas.",
            values: [
                .init("characters", .deltas), .init("whole", .deltas), .init("random", .deltas),
                // Nothing is cut otherwise: a delta without text is what they meet.
                .init("empty", .nullContent),
            ]
        ) { draft, value, generator in
            draft.conversation.resplit(value, &generator)
        },
        Mutation(
            "surrogate-split",
            .payload,
            .preserving,
            .conversation,
            rank: 5,
            "A pair of escapes split over two deltas.",
            slot: "resplit",
            values: [.init("pair", .surrogates), .init("escaped", .escapes)]
        ) { draft, value, _ in
            if value == "escaped" {
                draft.spelling.escapesNonASCII = true
                return true
            }
            return draft.conversation.splitSurrogates()
        },
        Mutation(
            "json-spelling",
            .payload,
            .preserving,
            .transport,
            rank: 2,
            "JSON spelled otherwise.",
            values: [
                .init("blanks", .spelling), .init("member-order", .spelling), .init("escapes", .escapes),
                .init("slashes", .escapes), .init("exponents", .spelling),
            ]
        ) { draft, value, _ in
            switch value {
            case "blanks": draft.spelling.addsBlanks = true
            case "member-order": draft.spelling.reversesMembers = true
            case "escapes": draft.spelling.escapesNonASCII = true
            case "slashes": draft.spelling.escapesSlashes = true
            default: draft.spelling.usesExponents = true
            }
            return true
        },
        Mutation(
            "unknown-member",
            .payload,
            .preserving,
            .payload,
            rank: 2,
            "Members that no version had.",
            values: [
                .init("top", .unknownMembers), .init("choice", .unknownMembers), .init("delta", .unknownMembers),
                .init("large", .unknownMembers), .init("look-alike", .spelling),
            ]
        ) { draft, value, _ in
            draft.addMembers(value)
        },
        Mutation(
            "reasoning",
            .payload,
            .preserving,
            .payload,
            rank: 2,
            "Reasoning beside the text.",
            apis: [.chat],
            values: [
                .init("before", .reasoning), .init("between", .reasoning), .init("null-content", .reasoning),
                .init("no-content", .reasoning), .init("details", .reasoning), .init("encrypted", .reasoning),
                .init("content-name", .reasoning),
            ]
        ) { draft, value, _ in
            draft.addReasoning(value)
            return true
        },
        Mutation(
            "number-type",
            .payload,
            .preserving,
            .conversation,
            rank: 5,
            "Numbers as texts or with a fraction.",
            slot: "tools",
            apis: [.chat],
            values: [.init("index-text", .numberType, on: "tool"), .init("index-float", .numberType, on: "tool")]
        ) { draft, value, _ in
            draft.tools.indexSpelling = value == "index-text" ? .text : .float
            draft.verdict = .either
            return true
        },
        Mutation(
            "content-parts",
            .payload,
            .preserving,
            .payload,
            rank: 5,
            "Content as an array of parts.",
            apis: [.chat],
            values: [.init("array", .contentParts)]
        ) { draft, _, _ in
            for index in draft.indices(.text) {
                draft.blocks[index].editDelta { delta in
                    guard let content = delta["content"] else { return }
                    delta["content"] = [["type": "text", "text": content]]
                }
            }
            draft.verdict = .either
            return true
        },
        Mutation(
            "bad-utf8",
            .payload,
            .preserving,
            .payload,
            rank: 5,
            "An ill-formed byte inside text.",
            // Where the text is told twice, as on the responses API, it would be damaged only once.
            apis: [.chat, .messages],
            values: [.init("byte", .illFormedUTF8, on: "short")]
        ) { draft, _, _ in
            draft.breakCharacter()
        },
    ]
}

internal import OpenRouterAPI

extension MutationTable {
    /// What streams of items, and of content blocks, may look like: those of the responses and messages APIs.
    static let items: [Mutation] = [
        Mutation(
            "several-parts",
            .payload,
            .preserving,
            .conversation,
            rank: 2,
            "The text in two items or blocks.",
            apis: [.responses, .messages],
            values: [.init("two", .severalParts), .init("around-tool", .severalParts, on: "tool")]
        ) { draft, value, _ in
            let isAround = value == "around-tool"
            guard draft.conversation.text.count > 1, !isAround || !draft.conversation.toolCalls.isEmpty else {
                return false
            }
            draft.parts.text = isAround ? .aroundCalls : .halves
            return true
        },
        Mutation(
            "item-order",
            .payload,
            .preserving,
            .conversation,
            rank: 2,
            "Items that are open at the same time.",
            apis: [.responses],
            values: [
                .init("reasoning-last", .itemOrder, on: "reasoning"),
                .init("opened-first", .toolIndex, on: "parallel"), .init("alternate", .toolIndex, on: "parallel"),
            ]
        ) { draft, value, _ in
            if value == "reasoning-last" {
                draft.parts.mixing = .reasoningLast
                return !draft.conversation.reasoning.isEmpty
            }
            draft.parts.mixing = value == "alternate" ? .alternating : .openedFirst
            return draft.conversation.toolCalls.count > 1
        },
        Mutation(
            "other-part",
            .payload,
            .preserving,
            .payload,
            rank: 2,
            "An item or block that is neither text nor a call.",
            apis: [.responses, .messages],
            values: [
                .init("secret", .otherParts), .init("unknown", .otherParts), .init("unknown-last", .otherParts),
                .init("secret-call", .otherParts, on: "tool"), .init("summary", .reasoning),
            ]
        ) { draft, value, _ in
            draft.addPart(value)
        },
        Mutation(
            "other-delta",
            .payload,
            .preserving,
            .payload,
            rank: 2,
            "An event inside the text that says something else.",
            apis: [.responses, .messages],
            values: [.init("citation", .otherDeltas), .init("unknown", .otherDeltas)]
        ) { draft, value, _ in
            draft.addDelta(value)
        },
        Mutation(
            "item-id",
            .payload,
            .preserving,
            .payload,
            rank: 4,
            "Items with other ids in the last event than before, as was observed.",
            apis: [.responses],
            values: [.init("completed", .itemID), .init("completed-call", .itemID, on: "tool")]
        ) { draft, _, _ in
            for index in draft.indices(.finish) {
                draft.blocks[index].edit("response") { response in
                    response.editElements(of: "output") { $0["id"] = "tmp_anew" }
                }
            }
            return true
        },
        Mutation(
            "event-type",
            .stream,
            .preserving,
            .payload,
            rank: 3,
            "The field event with the type, as OpenAI's own API sends it.",
            slot: "event-field",
            apis: [.responses],
            values: [.init("all", .eventField)]
        ) { draft, _, _ in
            for index in draft.blocks.indices {
                guard case .json(let json)? = draft.blocks[index].payload else { continue }
                if case .string(let type)? = json.members?["type"] { draft.blocks[index].event = type }
            }
            return true
        },
        Mutation(
            "token-counts",
            .payload,
            .preserving,
            .payload,
            rank: 1,
            "Usage that is missing in one place.",
            slot: "usage",
            apis: [.responses, .messages],
            values: [.init("missing", .usageMissing), .init("null", .nullMembers), .init("start", .usageMissing)]
        ) { draft, value, _ in
            draft.hideUsage(value)
            return true
        },
        Mutation(
            "stop-reason",
            .payload,
            .preserving,
            .payload,
            rank: 2,
            "The end of the answer for other reasons.",
            slot: "marker",
            apis: [.responses, .messages],
            values: [
                .init("length", .finishReason), .init("filter", .finishReason),
                .init("tool-end", .toolFinish, on: "tool"),
            ]
        ) { draft, value, _ in
            draft.stop(value)
        },
    ]
}

internal import OpenRouterAPI

extension MutationTable {
    /// Blocks that carry nothing, and fields beside the data.
    static let events: [Mutation] = [
        Mutation(
            "comment",
            .stream,
            .preserving,
            .blocks,
            rank: 1,
            "Comments where the format allows them.",
            values: [
                .init("first", .comments), .init("between", .comments), .init("inside", .commentInside),
                .init("empty", .comments), .init("data", .comments), .init("sentinel", .comments),
                .init("long", .comments), .init("non-ascii", .comments), .init("flood", .comments),
                .init("last", .afterSentinel), .init("no-blank", .commentInside),
            ]
        ) { draft, value, _ in
            draft.addComments(value)
            return true
        },
        Mutation(
            "empty-data",
            .stream,
            .preserving,
            .blocks,
            rank: 2,
            "Blocks whose data is empty.",
            values: [.init("bare", .emptyData), .init("colon", .emptyData), .init("space", .emptyData)]
        ) { draft, value, _ in
            let line = value == "bare" ? "data" : value == "colon" ? "data:" : "data: "
            draft.blocks.insert(.filler(line), at: draft.middle)
            draft.blocks.insert(.filler(line), at: draft.start)
            return true
        },
        Mutation(
            "other-field",
            .stream,
            .preserving,
            .blocks,
            rank: 2,
            "Fields beside data.",
            values: [
                .init("id", .otherFields), .init("retry", .otherFields), .init("unknown", .otherFields),
                .init("no-colon", .otherFields), .init("after-data", .otherFields), .init("alone", .otherFields),
                .init("junk-retry", .otherFields), .init("null-id", .otherFields),
            ]
        ) { draft, value, _ in
            draft.addFields(value)
            return true
        },
        Mutation(
            "field-name",
            .stream,
            .preserving,
            .blocks,
            rank: 4,
            "Fields whose names are nearly that of data.",
            values: [.init("prefix", .fieldNames), .init("letter-case", .fieldNames)]
        ) { draft, value, _ in
            let line = value == "prefix" ? "data-source: eu-1" : "DATA: eu-1"
            for index in draft.carriers { draft.blocks[index].leading.append(line) }
            draft.blocks.insert(.filler(line), at: draft.middle)
            return true
        },
        Mutation(
            "event-field",
            .stream,
            .preserving,
            .blocks,
            rank: 3,
            "The field event with its default value.",
            apis: [.chat],
            values: [.init("message", .eventField), .init("empty", .eventField), .init("alone", .eventField)]
        ) { draft, value, _ in
            guard value != "alone" else {
                draft.blocks.insert(.filler("event: x"), at: draft.middle)
                return true
            }
            for index in draft.blocks.indices where draft.blocks[index].payload != nil {
                draft.blocks[index].event = value == "message" ? "message" : ""
            }
            return true
        },
        Mutation(
            "event-name-lost",
            .stream,
            .preserving,
            .blocks,
            rank: 5,
            "The field event is missing.",
            apis: [.messages],
            values: [.init("missing", .eventField)]
        ) { draft, _, _ in
            for index in draft.blocks.indices { draft.blocks[index].event = nil }
            draft.verdict = .either
            return true
        },
        Mutation(
            "blank-run",
            .stream,
            .preserving,
            .blocks,
            rank: 2,
            "More empty lines than one.",
            values: [
                .init("one", .blankLines), .init("two", .blankLines), .init("fifty", .blankLines),
                .init("start", .blankLines),
            ]
        ) { draft, value, _ in
            var run = Block(.filler)
            run.leading = Array(repeating: "", count: value == "fifty" ? 50 : value == "two" ? 2 : 1)
            run.isEnded = false
            if value == "start" {
                draft.blocks.insert(run, at: 0)
            } else {
                for index in draft.blocks.indices.reversed().dropLast() { draft.blocks.insert(run, at: index) }
            }
            return true
        },
        Mutation(
            "unknown-event",
            .stream,
            .preserving,
            .blocks,
            rank: 3,
            "Events of an unknown kind.",
            values: [
                .init("start", .unknownEvent), .init("middle", .unknownEvent), .init("after-marker", .unknownEvent),
            ]
        ) { draft, value, _ in
            let type = draft.api == .responses ? "response.novelty" : "novelty"
            var block = Block(.filler, .json(["type": .string(type), "note": "new in this version"]))
            if draft.api != .responses { block.event = type }
            let place =
                value == "start"
                ? draft.start : value == "middle" ? draft.middle : (draft.indices(.finish).last ?? draft.middle - 1) + 1
            draft.blocks.insert(block, at: place)
            return true
        },
        Mutation(
            "ping",
            .stream,
            .preserving,
            .blocks,
            rank: 2,
            "Pings between the events.",
            apis: [.messages],
            values: [.init("between", .pings), .init("start", .pings)]
        ) { draft, value, _ in
            // After message_start, and nowhere before it (reference: inference, section 5.4).
            for index in value == "start" ? [draft.start + 1] : draft.carriers.reversed() {
                draft.blocks.insert(MessagesSkin.event(.filler, "ping", [:]), at: index)
            }
            return true
        },
        Mutation(
            "done-event",
            .stream,
            .preserving,
            .blocks,
            rank: 2,
            "The sentinel of the other APIs after message_stop, as it was seen live.",
            slot: "marker",
            apis: [.messages],
            values: [.init("data", .unknownEvent)]
        ) { draft, _, _ in
            var sentinel = Block.sentinel
            sentinel.event = "data"
            draft.blocks.append(sentinel)
            return true
        },
        Mutation(
            "sentinel",
            .stream,
            .preserving,
            .blocks,
            rank: 2,
            "The sentinel in other forms.",
            slot: "marker",
            apis: [.chat, .responses],
            values: [
                .init("none", .sentinelRequired), .init("twice", .afterSentinel), .init("text-after", .afterSentinel),
                .init("junk-after", .afterSentinel), .init("blank-before", .sentinelBlanks),
                .init("blank-after", .sentinelBlanks),
            ]
        ) { draft, value, _ in
            guard let index = draft.indices(.sentinel).first else { return false }
            switch value {
            case "none": draft.blocks.remove(at: index)
            case "twice": draft.blocks.append(draft.blocks[index])
            case "text-after": draft.blocks.append(ChatSkin.text(" LATE"))
            case "junk-after": draft.blocks.append(Block(.filler, .text("{\"broken")))
            default:
                draft.blocks[index].payload = .text(value == "blank-before" ? "  [DONE]" : "[DONE] ")
                draft.verdict = .either
            }
            return true
        },
    ]
}

extension Draft {
    fileprivate mutating func addComments(_ value: String) {
        switch value {
        case "first": blocks.insert(contentsOf: Array(repeating: .keepAlive, count: 5), at: 0)
        case "between": for index in carriers.reversed() { blocks.insert(.keepAlive, at: index) }
        case "inside":
            for index in blocks.indices where blocks[index].payload != nil {
                blocks[index].leading.insert(": OPENROUTER PROCESSING", at: 0)
                blocks[index].trailing.append(": OPENROUTER PROCESSING")
            }
        case "no-blank":
            for index in carriers.reversed() {
                blocks.insert(.filler(": OPENROUTER PROCESSING", isEnded: false), at: index)
            }
        case "empty": for index in carriers.reversed() { blocks.insert(.filler(":"), at: index) }
        case "data":
            blocks.insert(.filler(": data: {\"choices\":[{\"delta\":{\"content\":\"NO\"}}]}", ":data: NO"), at: middle)
        case "sentinel": blocks.insert(.filler(":data: [DONE]", ": [DONE]"), at: middle)
        case "long": blocks.insert(.filler(": " + String(repeating: "keep-alive ", count: 900)), at: middle)
        case "non-ascii": blocks.insert(.filler(": ⏳ bitte warten – 処理中"), at: middle)
        case "flood": blocks.insert(contentsOf: Array(repeating: .keepAlive, count: 100), at: middle)
        default: blocks.append(.keepAlive)
        }
    }

    fileprivate mutating func addFields(_ value: String) {
        guard value != "alone" else {
            for line in ["id: 7", "retry: 3000", "novelty: 1"] { blocks.insert(.filler(line), at: middle) }
            return
        }
        for index in blocks.indices where blocks[index].payload != nil {
            switch value {
            case "id": blocks[index].leading.append("id: \(index)")
            case "retry": blocks[index].leading.append("retry: 3000")
            case "unknown": blocks[index].leading.append("novelty: {\"a\": 1}")
            case "no-colon": blocks[index].leading.append("novelty")
            case "after-data": blocks[index].trailing += ["id: \(index)", "novelty: 1"]
            case "junk-retry": blocks[index].leading.append("retry: soon")
            default: blocks[index].leading.append("id: a\0b")
            }
        }
    }
}

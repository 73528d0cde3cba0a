internal import OpenRouterAPI

extension MutationTable {
    /// How calls of tools are spread over a stream.
    static let toolCalls: [Mutation] = [
        Mutation(
            "args-split",
            .payload,
            .preserving,
            .conversation,
            rank: 2,
            "Arguments cut anywhere.",
            values: [
                .init("characters", .argumentsEarly, on: "tool"), .init("before-brace", .argumentsEarly, on: "tool"),
                .init("whole", .argumentsWhole, on: "tool"), .init("blank-end", .argumentsWhole, on: "tool"),
                .init("empty-end", .argumentsWhole, on: "tool"),
                .init("parallel-characters", .toolIndex, on: "parallel"),
            ]
        ) { draft, value, _ in
            guard !draft.conversation.toolCalls.isEmpty else { return false }
            for index in draft.conversation.toolCalls.indices {
                let whole = draft.conversation.toolCalls[index].pieces.joined()
                let pieces = draft.conversation.toolCalls[index].pieces
                switch value {
                case "before-brace": draft.conversation.toolCalls[index].pieces = [String(whole.dropLast()), "}"]
                case "whole": draft.conversation.toolCalls[index].pieces = [whole]
                case "blank-end": draft.conversation.toolCalls[index].pieces = pieces + [" "]
                case "empty-end": draft.conversation.toolCalls[index].pieces = pieces + [""]
                default: draft.conversation.toolCalls[index].pieces = whole.unicodeScalars.map { String($0) }
                }
            }
            return true
        },
        Mutation(
            "args-place",
            .payload,
            .preserving,
            .conversation,
            rank: 2,
            "Arguments beside the name, or all at once.",
            slot: "tools",
            apis: [.chat],
            values: [
                .init("part-first", .argumentsFirst, on: "tool"), .init("all-first", .argumentsFirst, on: "tool"),
                .init("all-first-parallel", .argumentsFirst, on: "parallel"),
                .init("missing-first", .argumentsMissing, on: "tool"),
            ]
        ) { draft, value, _ in
            guard !draft.conversation.toolCalls.isEmpty else { return false }
            draft.tools.opensEmpty = value == "missing-first"
            draft.tools.omitsEmptyArguments = value == "missing-first"
            if value.hasPrefix("all-first") {
                for index in draft.conversation.toolCalls.indices {
                    draft.conversation.toolCalls[index].pieces = [draft.conversation.toolCalls[index].pieces.joined()]
                }
            }
            return true
        },
        Mutation(
            "interleave",
            .payload,
            .preserving,
            .conversation,
            rank: 2,
            "Fragments of several calls in turn.",
            slot: "tool-order",
            apis: [.chat],
            values: [
                .init("alternate", .toolIndex, on: "parallel"), .init("reversed", .toolOrder, on: "parallel"),
                .init("reversed-alternate", .toolOrder, on: "parallel"),
                .init("together", .toolsInOneChunk, on: "parallel"),
                .init("one-chunk", .toolsInOneChunk, on: "parallel"),
            ]
        ) { draft, value, _ in
            guard draft.conversation.toolCalls.count > 1 else { return false }
            switch value {
            case "alternate": draft.tools.order = .alternating
            case "reversed": draft.tools.order = .reversed
            case "reversed-alternate": draft.tools.order = .reversedAlternating
            default: draft.tools.order = .together
            }
            if value == "one-chunk" {
                draft.tools.opensEmpty = false
                for index in draft.conversation.toolCalls.indices {
                    draft.conversation.toolCalls[index].pieces = [draft.conversation.toolCalls[index].pieces.joined()]
                }
            }
            return true
        },
        Mutation(
            "tool-beside",
            .payload,
            .preserving,
            .payload,
            rank: 3,
            "A fragment beside text, or beside the finish reason.",
            apis: [.chat],
            values: [.init("text", .toolBesideText, on: "tool"), .init("finish", .finishWithText, on: "tool")]
        ) { draft, value, _ in
            value == "text" ? draft.joinTextAndTool() : draft.joinToolAndFinish()
        },
        Mutation(
            "tool-repeat",
            .payload,
            .preserving,
            .conversation,
            rank: 2,
            "Id, name and type on later fragments.",
            apis: [.chat],
            values: [
                .init("id", .toolRepeatedID, on: "tool"), .init("name", .toolRepeatedName, on: "tool"),
                .init("both-parallel", .toolRepeatedName, on: "parallel"), .init("null", .toolNullMembers, on: "tool"),
                .init("empty", .toolNullMembers, on: "tool"), .init("no-type", .toolNullMembers, on: "tool"),
            ]
        ) { draft, value, _ in
            guard !draft.conversation.toolCalls.isEmpty else { return false }
            switch value {
            case "id": draft.tools.laterID = .same
            case "name": draft.tools.laterName = .same
            case "no-type": draft.tools.hasLaterType = false
            default:
                let repetition: ToolStyle.Repetition = value == "null" ? .null : value == "empty" ? .empty : .same
                draft.tools.laterID = repetition
                draft.tools.laterName = repetition
            }
            return true
        },
        Mutation(
            "no-args",
            .payload,
            .preserving,
            .conversation,
            rank: 3,
            "A call without arguments.",
            slot: "args-split",
            values: [
                .init("empty", .argumentsMissing, on: "tool"), .init("missing", .argumentsMissing, on: "tool"),
                .init("braces", .argumentsMissing, on: "tool"),
            ]
        ) { draft, value, _ in
            // What was cut, and makes the answer a broken one, has to stay.
            guard draft.verdict != .fails else { return false }
            // The events of the responses API that close a call always have the member.
            guard !draft.conversation.toolCalls.isEmpty, value != "missing" || draft.api != .responses else {
                return false
            }
            for index in draft.conversation.toolCalls.indices {
                draft.conversation.toolCalls[index].pieces = value == "braces" ? ["{}"] : []
            }
            draft.tools.omitsEmptyArguments = value == "missing"
            draft.expected = draft.conversation.expected
            return true
        },
        Mutation(
            "no-index",
            .payload,
            .preserving,
            .conversation,
            rank: 4,
            "Fragments without an index.",
            slot: "tools",
            apis: [.chat],
            values: [.init("one-call", .toolNoIndex, on: "tool"), .init("several", .toolNoIndex, on: "parallel")]
        ) { draft, value, _ in
            guard !draft.conversation.toolCalls.isEmpty else { return false }
            draft.tools.hasIndex = false
            if draft.conversation.toolCalls.count > 1 { draft.verdict = .either }
            return true
        },
        Mutation(
            "same-index",
            .payload,
            .preserving,
            .conversation,
            rank: 5,
            "Several calls under one index.",
            slot: "tools",
            apis: [.chat],
            values: [.init("ids", .toolSameIndex, on: "parallel")]
        ) { draft, _, _ in
            guard draft.conversation.toolCalls.count > 1 else { return false }
            draft.tools.sharesIndex = true
            draft.verdict = .either
            return true
        },
        Mutation(
            "args-cut",
            .payload,
            .breaking,
            .conversation,
            rank: 3,
            "Arguments that end early in a finished answer.",
            slot: "breakage",
            values: [.init("half", .argumentsCut, on: "tool"), .init("last-brace", .argumentsCut, on: "tool")]
        ) { draft, value, _ in
            guard let last = draft.conversation.toolCalls.indices.last else { return false }
            let whole = draft.conversation.toolCalls[last].pieces.joined()
            let cut = String(value == "half" ? whole.prefix(whole.count / 2) : whole.dropLast())
            // Of none nothing can be cut: they are an empty object.
            guard !cut.isEmpty else { return false }
            draft.conversation.toolCalls[last].pieces = [cut]
            draft.verdict = .fails
            return true
        },
    ]
}

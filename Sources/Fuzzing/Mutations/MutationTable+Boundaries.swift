internal import OpenRouterAPI
internal import Tapes

extension MutationTable {
    /// Where reads begin and end, how large events are, how time passes.
    static let boundaries: [Mutation] = [
        Mutation(
            "chunking",
            .http,
            .preserving,
            .transport,
            rank: 1,
            "Boundaries of reads in other places.",
            values: [
                .init("inside-data", .buffering), .init("whole", .oneEventARead),
                .init("inside-character", .decodePerRead), .init("inside-character-2", .decodePerRead),
                .init("inside-character-3", .decodePerRead), .init("bytes", .byteReads, on: "short"),
                .init("minus-one", .blankLineSplit), .init("plus-one", .buffering),
                .init("inside-line-end", .blankLineSplit), .init("inside-field-name", .buffering),
                .init("after-colon", .buffering), .init("inside-escape", .buffering),
                .init("inside-sentinel", .sentinelSplit), .init("random", .byteReads),
                .init("tool-bytes", .byteReads, on: "tool"), .init("tool-inside-data", .buffering, on: "tool"),
                .init("text-bytes", .byteReads, isHeavy: true), .init("seven", .byteReads), .init("64", .byteReads),
            ]
        ) { draft, value, generator in
            guard let chunking = Chunking(value: value, seed: generator.next()) else { return false }
            draft.chunking = chunking
            draft.frameGap = chunking == .whole ? .zero : nil
            return true
        },
        Mutation(
            "big-event",
            .stream,
            .preserving,
            .conversation,
            rank: 3,
            "One very large event.",
            slot: "size",
            values: [4, 8, 16, 64, 128].map { .init("\($0)KiB", .bigEvent, on: "short", isHeavy: $0 > 16) }
        ) { draft, value, _ in
            guard let size = Int(value.dropLast(3)), !draft.conversation.text.isEmpty else { return false }
            let line = "The quick brown fox jumps over the lazy dog, and so on. "
            let text = String(repeating: line, count: size * 1024 / line.utf8.count + 1)
            draft.conversation.text.insert(text, at: draft.conversation.text.count / 2)
            draft.expected = draft.conversation.expected
            return true
        },
        Mutation(
            "big-member",
            .stream,
            .preserving,
            .payload,
            rank: 4,
            "One huge event, by a member that no version had, so that what the client prints stays small.",
            slot: "size",
            values: [
                .init("1MiB", .bigEvent, on: "short", isHeavy: true),
                .init("4MiB", .bigEvent, on: "short", isHeavy: true),
            ]
        ) { draft, value, _ in
            let padding = String(repeating: "padding ", count: (value == "1MiB" ? 1 : 4) << 17)
            draft.blocks[draft.middle].edit { $0.append("x_padding", .string(padding)) }
            return true
        },
        Mutation(
            "many-events",
            .stream,
            .preserving,
            .conversation,
            rank: 4,
            "Very many tiny events.",
            slot: "size",
            values: [
                .init("1000", .manyEvents, on: "short"), .init("10000", .manyEvents, on: "short", isHeavy: true),
                .init("tool-1000", .manyEvents, on: "tool"),
            ]
        ) { draft, value, _ in
            if value == "tool-1000" {
                guard !draft.conversation.toolCalls.isEmpty else { return false }
                let digits = (0..<1000).map { "\($0 % 10)" }
                draft.conversation.toolCalls[0].pieces = ["{\"location\":\""] + digits + ["\"}"]
            } else {
                draft.conversation.text += (0..<(Int(value) ?? 0)).map { "\($0 % 10)" }
            }
            draft.chunking = .blocks(100)
            draft.expected = draft.conversation.expected
            return true
        },
        Mutation(
            "slow",
            .http,
            .preserving,
            .transport,
            rank: 3,
            "A healthy answer that takes its time.",
            slot: "time",
            values: [
                .init("head", .shortSilence, on: "short", isSlow: true),
                .init("first-event", .shortSilence, on: "short", isSlow: true),
                .init("middle", .shortSilence, on: "short", isSlow: true),
                .init("drip", .totalLimit, isSlow: true), .init("comments", .commentsNoLife, on: "short", isSlow: true),
            ]
        ) { draft, value, _ in
            draft.slowDown(value)
            return true
        },
        Mutation(
            "open-end",
            .http,
            .preserving,
            .transport,
            rank: 1,
            "The connection stays open after the sentinel.",
            slot: "marker",
            values: [.init("chunked", .waitsForClose), .init("until-close", .waitsForClose)]
        ) { draft, value, _ in
            guard !draft.indices(.sentinel).isEmpty || draft.api == .messages else { return false }
            draft.cut = Draft.Cut(place: .end, ending: .stall)
            if value == "until-close" { draft.head.framing = .untilClose }
            return true
        },
    ]
}

extension Chunking {
    /// Nil for a value that is none.
    fileprivate init?(value: String, seed: UInt64) {
        switch value {
        case "inside-data", "tool-inside-data": self = .insideData
        case "whole": self = .whole
        case "inside-character": self = .insideCharacter(1)
        case "inside-character-2": self = .insideCharacter(2)
        case "inside-character-3": self = .insideCharacter(3)
        case "bytes", "tool-bytes", "text-bytes": self = .every(1)
        case "seven": self = .every(7)
        case "64": self = .every(64)
        case "minus-one": self = .shifted(-1)
        case "plus-one": self = .shifted(1)
        case "inside-line-end": self = .insideLineEnd
        case "inside-field-name": self = .insideFieldName
        case "after-colon": self = .afterColon
        case "inside-escape": self = .insideEscape
        case "inside-sentinel": self = .insideSentinel
        case "random": self = .random(40, seed: seed)
        default: return nil
        }
    }
}

extension Draft {
    /// No gap over a third of the client's limit, no answer over two thirds of it.
    fileprivate mutating func slowDown(_ value: String) {
        let gap = timeout * 3 / 10
        let carriers = carriers
        switch value {
        case "head": head.gap = gap
        case "first-event": if let first = carriers.first { blocks[first].gap = gap }
        case "middle": blocks[middle].gap = gap
        case "comments":
            let comments = (0..<20).map { _ in
                var comment = Block.keepAlive
                comment.gap = timeout * 6 / 200
                return comment
            }
            blocks.insert(contentsOf: comments, at: middle)
        default:
            for index in carriers { blocks[index].gap = timeout * 6 / 10 / max(1, carriers.count) }
        }
    }
}

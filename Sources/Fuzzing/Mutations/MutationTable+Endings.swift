internal import Faults
internal import Tapes

extension MutationTable {
    /// Answers that end before they are finished.
    static let endings: [Mutation] = [
        Mutation(
            "cut",
            .stream,
            .breaking,
            .transport,
            rank: 1,
            "A complete body that ends before the answer does.",
            slot: "breakage",
            values: [
                .init("middle", .truncation), .init("before-marker", .truncation), .init("first", .truncation),
                .init("inside-event", .truncation), .init("inside-character", .truncation),
                .init("after-head", .emptyStream), .init("until-close", .truncation),
                .init("tool", .truncation, on: "tool"), .init("tool-before-marker", .truncation, on: "tool"),
                .init("tool-between", .truncation, on: "parallel"),
            ]
        ) { draft, value, _ in
            draft.cut = Draft.Cut(place: Self.place(value), ending: .complete)
            if value == "until-close" { draft.head.framing = .untilClose }
            draft.verdict = .fails
            return true
        },
        Mutation(
            "cut-chunk",
            .http,
            .breaking,
            .transport,
            rank: 2,
            "The connection closes inside the body.",
            slot: "breakage",
            values: [
                .init("inside", .transportError), .init("no-last-chunk", .transportError),
                .init("after-head", .transportError), .init("length", .transportError),
                .init("before-marker", .transportError),
            ]
        ) { draft, value, _ in
            draft.cut = Draft.Cut(place: Self.place(value), ending: .close, isInsideChunk: value == "inside")
            if value == "length" { draft.head.framing = .sized(excess: 400) }
            draft.verdict = .fails
            return true
        },
        Mutation(
            "cut-late",
            .http,
            .preserving,
            .transport,
            rank: 4,
            "The body is damaged after the marker.",
            slot: "marker",
            values: [.init("no-last-chunk", .lateCut), .init("reset", .lateCut), .init("after-marker", .lateCut)]
        ) { draft, value, _ in
            let place: Draft.Cut.Place = value == "after-marker" ? .afterMarker : .end
            draft.cut = Draft.Cut(place: place, ending: value == "reset" ? .reset : .close)
            draft.verdict = .either
            return true
        },
        Mutation(
            "reset",
            .http,
            .breaking,
            .transport,
            rank: 2,
            "The connection is reset.",
            slot: "breakage",
            values: [
                .init("middle", .transportError), .init("after-head", .transportError),
                .init("inside-event", .transportError),
            ]
        ) { draft, value, _ in
            draft.cut = Draft.Cut(place: Self.place(value), ending: .reset)
            draft.verdict = .fails
            return true
        },
        Mutation(
            "stall",
            .http,
            .breaking,
            .transport,
            rank: 2,
            "Silence, with the connection open.",
            slot: "breakage",
            values: [
                .init("middle", .stall, isSlow: true), .init("after-head", .stall, isSlow: true),
                .init("before-head", .stall, isSlow: true), .init("inside-event", .stall, isSlow: true),
            ]
        ) { draft, value, _ in
            draft.cut = Draft.Cut(place: value == "before-head" ? .beforeHead : Self.place(value), ending: .stall)
            draft.verdict = .fails
            return true
        },
        Mutation(
            "bad-chunk",
            .http,
            .breaking,
            .transport,
            rank: 4,
            "A chunk size that is no number.",
            slot: "breakage",
            values: [.init("letters", .transportError)]
        ) { draft, _, _ in
            draft.head.framing = .chunked
            draft.chunking = .perBlock
            draft.verdict = .fails
            // Before the marker, after which it would not matter.
            let marker = draft.blocks.firstIndex { [.finish, .usage, .sentinel].contains($0.role) } ?? 0
            return draft.addFault("malformed_chunk", ["index": .integer(min(2, marker))])
        },
        Mutation(
            "no-response",
            .http,
            .breaking,
            .transport,
            rank: 3,
            "No status line.",
            slot: "breakage",
            values: [.init("close", .noResponse), .init("reset", .noResponse), .init("garbage", .noResponse)]
        ) { draft, value, _ in
            draft.cut = Draft.Cut(place: .beforeHead, ending: value == "reset" ? .reset : .close)
            draft.garbage = value == "garbage" ? Array("\u{1}\u{2}this is no HTTP\r\n\r\n".utf8) : []
            draft.verdict = .fails
            return true
        },
        Mutation(
            "first-fails",
            .http,
            .preserving,
            .transport,
            rank: 4,
            "The first connection is lost, the next one is fine.",
            slot: "breakage",
            values: [
                .init("middle", .repeatedText, on: "short"), .init("close", .repeatedText, on: "short"),
                .init("tool", .repeatedText, on: "tool"),
            ]
        ) { draft, value, _ in
            draft.cut = Draft.Cut(place: .afterPart(2), ending: value == "close" ? .close : .reset)
            draft.recovers = true
            draft.verdict = .either
            return true
        },
        Mutation(
            "endless-line",
            .stream,
            .brokenServer,
            .blocks,
            rank: 5,
            "A line that does not end.",
            slot: "breakage",
            values: [.init("1MiB", .endlessLine, on: "short"), .init("16MiB", .endlessLine, on: "short")]
        ) { draft, value, _ in
            let size = (value == "1MiB" ? 1 : 16) << 20
            var block = Block(.filler, .raw([UInt8](repeating: UInt8(ascii: "x"), count: size)))
            block.isEnded = false
            let middle = draft.middle
            draft.blocks.removeSubrange(middle...)
            draft.blocks.append(block)
            draft.lines.tail = .withoutLineEnd
            draft.verdict = .fails
            return true
        },
    ]

    private static func place(_ value: String) -> Draft.Cut.Place {
        switch value {
        case "before-marker", "tool-before-marker": .beforeMarker
        case "first": .afterPart(1)
        case "inside-event", "inside": .insidePart(2)
        case "inside-character": .insideCharacter
        case "after-head": .afterHead
        case "tool", "tool-between": .afterPart(5)
        default: .afterPart(2)
        }
    }
}

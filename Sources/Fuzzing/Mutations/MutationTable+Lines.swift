extension MutationTable {
    /// Lines and their parts (reference: HTML Standard, section 9.2.5).
    static let lines: [Mutation] = [
        Mutation(
            "line-end",
            .stream,
            .preserving,
            .transport,
            rank: 1,
            "Line ends other than LF.",
            values: [.init("crlf", .crlf), .init("cr", .loneCR), .init("mixed", .mixedLineEnds)]
        ) { draft, value, _ in
            draft.lines.terminator = value == "crlf" ? .crlf : value == "cr" ? .cr : .mixed
            return true
        },
        Mutation(
            "line-end-split",
            .stream,
            .preserving,
            .transport,
            rank: 2,
            "CR LF and pairs of line ends split over reads.",
            slot: "line-end",
            values: [
                .init("crlf", .splitCRLF), .init("cr", .splitCRLF), .init("mixed", .splitCRLF),
                .init("crlf-bytes", .splitCRLF, on: "short"), .init("cr-bytes", .splitCRLF, on: "short"),
            ]
        ) { draft, value, _ in
            draft.lines.terminator = value.hasPrefix("crlf") ? .crlf : value.hasPrefix("cr") ? .cr : .mixed
            draft.chunking = value.hasSuffix("bytes") ? .every(1) : .insideLineEnd
            draft.frameGap = nil
            return true
        },
        Mutation(
            "field-space",
            .stream,
            .preserving,
            .transport,
            rank: 1,
            "Other than one space after the colon.",
            values: [.init("none", .fieldSpace), .init("two", .twoSpaces), .init("none-at-sentinel", .fieldSpace)]
        ) { draft, value, _ in
            switch value {
            case "none": draft.lines.space = .none
            case "two": draft.lines.space = .two
            default: draft.lines.space = .noneAtSentinel
            }
            return true
        },
        Mutation(
            "data-split",
            .stream,
            .preserving,
            .transport,
            rank: 2,
            "JSON over several data lines.",
            values: [
                .init("two", .multiLineData), .init("tokens", .multiLineData),
                .init("comment", .commentInData),
            ]
        ) { draft, value, _ in
            switch value {
            case "two": draft.lines.dataSplit = .lines(2)
            case "tokens": draft.lines.dataSplit = .tokens
            default:
                draft.lines.dataSplit = .lines(3)
                draft.lines.dataNote = ": note"
            }
            return true
        },
        Mutation(
            "bom",
            .stream,
            .preserving,
            .transport,
            rank: 3,
            "A byte order mark at the start of the body.",
            values: [.init("whole", .byteOrderMark), .init("split", .splitMark)]
        ) { draft, value, _ in
            draft.lines.startsWithMark = true
            if value == "split" {
                draft.chunking = .insideMark
                draft.frameGap = nil
            }
            return true
        },
        Mutation(
            "tail",
            .stream,
            .preserving,
            .transport,
            rank: 3,
            "The end of the last block is missing.",
            slot: "marker",
            values: [.init("no-blank-line", .unfinishedTail), .init("no-line-end", .unfinishedTail)]
        ) { draft, value, _ in
            draft.lines.tail = value == "no-blank-line" ? .withoutBlankLine : .withoutLineEnd
            return true
        },
    ]
}

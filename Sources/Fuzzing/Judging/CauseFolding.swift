/// Which causes explain which findings: one defect shows in many cases, and is told once.
enum CauseFolding {
    /// For a cause, those that explain its findings if they were found too; the first one counts.
    private static let explanations: [Cause: [Cause]] = [
        .deltas: [.encoding, .trimmedText, .textAsFraming, .unicodeLines, .buffering, .oneEventARead],
        .manyDeltas: [.oneEventARead, .buffering, .trimmedText],
        .textAsFraming: [.trimmedText],
        .tools: [.encoding, .nullContent, .argumentsEarly, .trimmedText],
        .toolIndex: [.tools, .nullContent, .itemOrder],
        .decodePerRead: [.buffering],
        .blankLineSplit: [.buffering],
        .sentinelSplit: [.buffering],
        .byteReads: [.buffering, .decodePerRead, .blankLineSplit, .sentinelSplit],
        .loneCR: [.crlf],
        .mixedLineEnds: [.crlf, .loneCR],
        .splitCRLF: [.crlf, .loneCR, .mixedLineEnds, .buffering, .blankLineSplit, .decodePerRead, .byteReads],
        .earlyResponse: [.truncation, .okError, .status],
        .multiLineData: [.spelling],
        .contentParts: [.spelling],
        .toolSameIndex: [.toolIndex, .toolRepeatedID, .tools, .argumentsCut],
        // Calls that run into each other make arguments that are no JSON.
        .toolNoIndex: [.argumentsCut],
        .toolRepeatedID: [.argumentsFirst],
        .lateCut: [.truncation, .transportError],
        .repeatedText: [.transportError, .truncation],
        .splitMark: [.byteOrderMark, .decodePerRead, .buffering, .byteReads],
        .byteOrderMark: [.encoding],
        .unicodeLines: [.encoding],
        .illFormedUTF8: [.encoding],
        .unknownMembers: [.buffering, .spelling],
        .commentInside: [.comments],
        .commentInData: [.comments, .commentInside, .multiLineData],
        .commentsNoLife: [.totalLimit, .comments],
        .fieldNames: [.otherFields],
        .otherFields: [.comments, .emptyData],
        .eventField: [.comments, .otherFields, .emptyData],
        .emptyData: [.comments],
        .blankLines: [.comments, .emptyData],
        .unknownEvent: [.noChoices, .choicesMissing, .eventField, .pings],
        .pings: [.otherFields, .emptyData],
        .otherDeltas: [.unknownEvent],
        .otherParts: [.otherDeltas],
        .severalParts: [.otherParts, .tools, .deltas, .reasoning],
        .itemOrder: [.reasoning, .otherParts],
        .choicesMissing: [.noChoices],
        .bigEvent: [.buffering, .decodePerRead, .blankLineSplit, .trimmedText, .totalLimit, .commentsNoLife],
        .manyEvents: [.oneEventARead, .buffering, .bigEvent],
        .nullDelta: [.nullContent],
        .reasoning: [.nullContent],
        .nullToolCalls: [.nullContent],
        .escapes: [.spelling],
        .toolOrder: [.toolIndex],
        .toolsInOneChunk: [.toolIndex, .argumentsFirst],
        .toolBesideText: [.toolIndex],
        .argumentsMissing: [.argumentsEarly],
        .argumentsWhole: [.argumentsEarly],
        .argumentsFirst: [.argumentsEarly],
        .toolNullMembers: [.toolRepeatedID],
        .toolRepeatedName: [.toolRepeatedID],
        .emptyStream: [.truncation, .okError],
        .okError: [.truncation],
        .transportError: [.truncation],
        .noResponse: [.transportError, .truncation],
        .errorEvent: [.streamError, .truncation],
        .finishError: [.streamError],
        .statusBody: [.status],
        .notAnObject: [.badJSON],
        .twoSpaces: [.fieldSpace],
        .unfinishedTail: [.buffering, .sentinelRequired],
        .retryAfter: [.status],
        // What is decompressed is read in other pieces.
        .coding: [.buffering, .oneEventARead, .decodePerRead],
        // A drip has no long silence.
        .shortSilence: [.totalLimit],
        .afterSentinel: [.waitsForClose],
        // Where a read ends is not quite in our hand.
        .combination: [.buffering, .oneEventARead, .decodePerRead],
    ]

    /// Defects that show, or do not, by where reads happen to end.
    private static let causesByChance: [Cause] = [.buffering, .oneEventARead, .decodePerRead, .byteReads]

    /// Takes findings that fail at some times only for what one of the others explains: that the client depends on where
    /// reads end.
    static func foldChance(_ findings: [Finding]) -> [Finding] {
        let steady = findings.filter { !$0.isFlaky }.map(\.cause)
        guard let cause = causesByChance.first(where: steady.contains),
            let index = findings.firstIndex(where: { $0.cause == cause })
        else { return findings }
        var folded = findings
        folded[index].caseNames += findings.filter(\.isByChance).flatMap(\.caseNames)
        return folded.filter { !$0.isByChance }
    }

    /// The cause to tell of a combination that failed in this way.
    static func fold(_ cause: Cause, of failing: Failing, among found: Set<Cause>) -> Cause {
        // Whoever waits for ever says nothing about what else was in it.
        if failing == .hang, found.contains(.stall) { return .stall }
        return fold(cause, among: found)
    }

    /// The cause to tell for findings of this one.
    static func fold(_ cause: Cause, among found: Set<Cause>) -> Cause {
        for explanation in explanations[cause] ?? [] where found.contains(explanation) {
            return fold(explanation, among: found.subtracting([cause]))
        }
        return cause
    }
}

extension Finding {
    /// Whether what the client got was at fault at some times only; signals, memory and retries speak for themselves.
    fileprivate var isByChance: Bool {
        switch failing {
        case .falseError, .falseSuccess, .wrongOutput, .hang: isFlaky
        default: false
        }
    }
}

extension FuzzCase {
    /// What only lends itself to others: a defect is rather named for what it meets there.
    private static let dresses: Set<String> = [
        "line-end", "line-end-split", "chunking", "field-space", "json-spelling", "resplit", "framing", "head-spelling",
        "content-type", "unknown-member", "early-response", "chunk-syntax",
    ]

    /// The cause that the mutations point to; of several, that of the most telling one.
    var likelyCause: Cause {
        guard uses.count > 1 else { return nominalCause }
        // After the last event there is nothing but the sentinel to stop at: without it this is a comment like others.
        if uses.contains(Use("comment", "last")), uses.contains(Use("sentinel", "none")) { return .comments }
        let isBreaking = uses.map { MutationTable.mutation(named: $0.mutation)?.kind == .breaking }
        let telling: Use?
        if let breaking = isBreaking.firstIndex(of: true) {
            telling = uses[breaking]
        } else if uses.contains(where: { $0.mutation == "line-end" && $0.value != "cr" }),
            uses.contains(where: { $0.mutation == "chunking" })
        {
            return .splitCRLF
        } else {
            telling = uses.first { !Self.dresses.contains($0.mutation) } ?? uses.first
        }
        return telling.map { FuzzCase(api: api, base: base, uses: [$0]).nominalCause } ?? .combination
    }
}

extension ClientRunner.Result {
    /// The most likely cause of this failure by itself.
    var cause: Cause {
        switch failing {
        case .retryStorm: return .retryStorm
        case .memory: return .memory
        case .signal: return .crash
        case .flood: return .output
        case .hang where observation.requestCount > 1: return .retryStorm
        case .inventedOutput: return .output
        default: return fuzzCase.uses.count > 1 ? .combination : fuzzCase.nominalCause
        }
    }
}

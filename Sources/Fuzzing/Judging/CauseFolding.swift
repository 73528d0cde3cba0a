/// Which causes explain which findings: one defect shows in many cases, and is told once.
enum CauseFolding {
    /// For a cause, those that explain its findings if they were found too; the first one counts.
    private static let explanations: [Cause: [Cause]] = [
        .deltas: [.encoding, .trimmedText, .textAsFraming, .unicodeLines, .buffering, .oneEventARead],
        .manyDeltas: [.oneEventARead, .buffering, .trimmedText],
        .textAsFraming: [.trimmedText],
        .tools: [.nullContent, .argumentsEarly, .trimmedText],
        .toolIndex: [.tools, .nullContent],
        .decodePerRead: [.buffering],
        .blankLineSplit: [.buffering],
        .sentinelSplit: [.buffering],
        .byteReads: [.buffering, .decodePerRead, .blankLineSplit, .sentinelSplit],
        .loneCR: [.crlf],
        .mixedLineEnds: [.crlf, .loneCR],
        .splitCRLF: [.crlf, .loneCR, .mixedLineEnds, .buffering, .blankLineSplit, .decodePerRead, .byteReads],
        .commentInside: [.comments],
        .otherFields: [.comments],
        .eventField: [.comments, .otherFields],
        .emptyData: [.comments],
        .blankLines: [.comments, .emptyData],
        .unknownEvent: [.noChoices, .choicesMissing, .eventField],
        .choicesMissing: [.noChoices],
        .bigEvent: [.buffering, .decodePerRead, .blankLineSplit, .trimmedText],
        .manyEvents: [.oneEventARead, .buffering, .bigEvent],
        .nullDelta: [.nullContent],
        .reasoning: [.nullContent],
        .nullToolCalls: [.nullContent],
        .escapes: [.spelling],
        .toolOrder: [.toolIndex],
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
        .unfinishedTail: [.buffering],
        .afterSentinel: [.waitsForClose],
    ]

    /// The cause to tell for findings of this one.
    static func fold(_ cause: Cause, among found: Set<Cause>) -> Cause {
        for explanation in explanations[cause] ?? [] where found.contains(explanation) {
            return fold(explanation, among: found.subtracting([cause]))
        }
        return cause
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
        case .inventedOutput where verdict == .fails: return .output
        default: return fuzzCase.uses.count > 1 ? .combination : fuzzCase.nominalCause
        }
    }
}

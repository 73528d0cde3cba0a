/// What is wrong with a client, as far as it can be told from outside.
///
/// The sentence names the defect and what to do; a report has one for each group of findings.
package enum Cause: String, Sendable, Hashable, CaseIterable {
    // The answer itself.
    case broken, encoding, trimmedText, unicodeLines, textAsFraming, reasoning, manyDeltas, tools, toolIndex
    // Reads and lines.
    case buffering, oneEventARead, decodePerRead, byteReads, blankLineSplit, sentinelSplit
    case crlf, loneCR, mixedLineEnds, splitCRLF, fieldSpace, twoSpaces, multiLineData, byteOrderMark, splitMark,
        unfinishedTail
    case comments, commentInside, commentInData, emptyData, otherFields, fieldNames, eventField, blankLines,
        unknownEvent
    case sentinelRequired, afterSentinel, sentinelBlanks, waitsForClose
    // HTTP.
    case contentType, headSpelling, framing, chunkSyntax, earlyResponse, coding
    case bigEvent, manyEvents, shortSilence, totalLimit, commentsNoLife
    // Payload.
    case noChoices, choicesMissing, usageMissing, nullMembers, nullContent, nullDelta, nullToolCalls, role
    case finishWithText, finishTwice, markerRequired, finishReason, deltas, surrogates, escapes, spelling
    case unknownMembers, numberType, contentParts, illFormedUTF8
    // Items and blocks.
    case severalParts, otherParts, otherDeltas, itemOrder, itemID, pings
    case argumentsEarly, argumentsWhole, argumentsFirst, argumentsMissing, argumentsCut
    case toolOrder, toolRepeatedID, toolRepeatedName, toolNullMembers, toolNoIndex, toolSameIndex, toolFinish,
        toolsInOneChunk,
        toolBesideText
    // Failures.
    case truncation, emptyStream, transportError, lateCut, stall, noResponse, repeatedText, endlessLine
    case streamError, finishError, errorEvent, status, statusBody, okError, retryAfter, badJSON, notAnObject, exitStatus
    // Seen on any mutation.
    case retryStorm, memory, crash, output, combination, recorded
}

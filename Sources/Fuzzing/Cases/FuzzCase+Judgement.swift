// Judging clients that run in the same process, such as those of Swift tests.

extension FuzzCase {
    /// What a correct client makes of the case.
    package struct Expectation: Sendable {
        package var answer: ExpectedAnswer
        package var verdict: Verdict
        /// Why a client fails here, most likely.
        package var cause: Cause
        /// What the mutations do, or what the tape is.
        package var summary: String
        /// Whether it takes seconds to play.
        package var isSlow: Bool
    }

    /// - Returns: nil for a case that cannot be made.
    package var expectation: Expectation? {
        guard let draft = draft(timeout: .seconds(10)) else { return nil }
        let summaries = uses.compactMap { MutationTable.mutation(named: $0.mutation)?.summary }
        return Expectation(
            answer: draft.expected,
            verdict: draft.verdict,
            cause: nominalCause,
            summary: summaries.isEmpty ? base.summary : summaries.joined(separator: " "),
            isSlow: isSlow
        )
    }

    /// Judges what a client made of the case.
    ///
    /// - Parameters:
    ///   - answer: what it told; of a client that failed, what it had told before, or nil for nothing.
    ///   - reason: why it failed; nil for a client that did not.
    /// - Returns: nil where it did well; else what it did, the likely cause, what was sent, expected and told.
    package func complaint(about answer: ExpectedAnswer?, failure reason: String?) -> String? {
        guard let expectation, let draft = draft(timeout: .seconds(10)) else { return nil }
        let observation = Observation(
            status: reason == nil ? 0 : 1,
            output: Array((answer ?? ExpectedAnswer(text: "")).output.utf8)
        )
        guard let failing = Oracle().judge(observation, expectation.answer, expectation.verdict) else { return nil }
        let tape = draft.rendered(offersGzip: false)
        let did: String =
            switch failing {
            case .falseError: "failed (\(reason ?? "")) on an answer that is fine"
            case .falseSuccess: "did not fail on an answer that is broken"
            case .wrongOutput: "told something else than was sent"
            case .inventedOutput: "told what was never sent, then failed (\(reason ?? ""))"
            default: failing.sentence
            }
        let lines =
            ["\(name): the client \(did).", expectation.cause.sentence, "sent:"] + TapeDrawing.lines(tape)
            + ["expected: \(Self.shown(expectation.answer))", "told: \(answer.map(Self.shown) ?? "nothing")"]
        return lines.joined(separator: "\n")
    }

    private static func shown(_ answer: ExpectedAnswer) -> String {
        TapeDrawing.escaped(Array(answer.output.utf8.prefix(400)))
    }
}

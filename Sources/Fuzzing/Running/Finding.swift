/// A defect of a client, proven and explained.
package struct Finding: Sendable {
    package var cause: Cause
    /// The smallest case that shows it.
    package var fuzzCase: FuzzCase
    package var failing: Failing
    package var expected: ExpectedAnswer
    /// Whether the client may also report success.
    package var verdict: String
    package var observation: Observation
    /// The tape of the case as a diagram.
    package var diagram: String
    /// What each frame of the tape holds.
    package var tapeLines: [String]
    /// Where the case was saved; nil for nowhere.
    package var file: String?
    /// Names of all cases that failed for the same cause.
    package var caseNames: [String]
    /// Runs that were spent on confirming and shrinking.
    package var extraRuns: Int
    /// How often it failed of how many repetitions.
    package var confirmations: (failed: Int, of: Int)
    /// What is likely wrong, in one sentence; with the conditions where one is not enough.
    package var explanation: String {
        guard fuzzCase.uses.count > 1 else { return cause.sentence }
        let names = fuzzCase.uses.map(\.name)
        let list = names.dropLast().joined(separator: ", ") + " and " + (names.last ?? "")
        return cause.sentence.dropLast() + ", seen only where \(list) meet."
    }
    /// Whether it failed only now and then.
    package var isFlaky: Bool { confirmations.failed < confirmations.of }
}

/// What a run of the fuzzer has found.
package struct FuzzReport: Sendable {
    package var command: [String]
    package var api: InferenceAPI
    package var seed: UInt64
    package var caseCount: Int
    package var duration: Duration
    package var findings: [Finding]
    /// What the reader has to know beside: what was left out and why.
    package var notes: [String]
}

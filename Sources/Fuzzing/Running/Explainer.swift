internal import Tapes

/// Confirms a failure by repetition and makes its case as small as it can be.
struct Explainer {
    enum Explanation {
        case finding(Finding)
        /// A failure that says nothing of the client, with why, as a sentence.
        case unconfirmed(String)
    }

    let runner: ClientRunner
    /// The most runs for one finding.
    let runLimit: Int
    /// A plain answer, which the client got right at first: whether the machine is too busy shows on it.
    ///
    /// Nil where even that failed, so that nothing is forgiven.
    var plainCase: FuzzCase?

    mutating func explain(_ group: FindingGroups.Group) async throws -> Explanation {
        let first = group.results[0]
        // Runs that hang cost the whole time limit each.
        var budget = first.failing == .hang ? min(runLimit, 5) : runLimit
        let spent = { [runLimit, hangs = first.failing == .hang] (left: Int) in
            (hangs ? min(runLimit, 5) : runLimit) - left
        }
        var best = first
        var confirmations = (failed: 0, of: 0)
        for _ in 0..<(first.failing == .hang ? 1 : 2) {
            let again = try await runAgain(first.fuzzCase, &budget)
            confirmations.of += 1
            if let again, again.failing != nil {
                confirmations.failed += 1
                best = again
            }
        }
        if let plainCase, first.isLate(within: runner.settings.timeout) {
            let name = first.fuzzCase.name
            guard confirmations.failed > 0 else {
                return .unconfirmed("\(name) took too long once, but not again: the machine was busy.")
            }
            // A machine that is busy all the time makes the same client late each time.
            if let plain = try await runAgain(plainCase, &budget), plain.isHeldUp(beyond: runner.allowance) {
                return .unconfirmed(
                    "\(name) took too long, but so did a plain answer: the machine was too busy to tell anything from it."
                )
            }
        }
        if confirmations.failed == confirmations.of {
            best = try await shrinkUses(best, &budget)
            best = try await shrinkTape(best, &budget)
        }
        var cause = group.cause
        if cause == .combination { cause = best.cause == .combination ? best.fuzzCase.likelyCause : best.cause }
        let tape = best.fuzzCase.draft(timeout: runner.settings.timeout)?.rendered(offersGzip: false)
        return .finding(
            Finding(
                cause: cause,
                fuzzCase: best.fuzzCase,
                failing: best.failing ?? .wrongOutput,
                expected: best.expected,
                verdict: "\(best.verdict)",
                observation: best.observation,
                diagram: tape.map { TapeDrawing.diagram($0.tape) } ?? "",
                tapeLines: tape.map(TapeDrawing.lines) ?? [],
                caseNames: group.results.map(\.fuzzCase.name),
                extraRuns: spent(budget),
                confirmations: confirmations
            )
        )
    }

    private func runAgain(_ fuzzCase: FuzzCase, _ budget: inout Int) async throws -> ClientRunner.Result? {
        guard budget > 0 else { return nil }
        budget -= 1
        return try await runner.run(fuzzCase)
    }

    /// Leaves out mutations, the most at a time, while it still fails in the same way.
    private func shrinkUses(_ result: ClientRunner.Result, _ budget: inout Int) async throws -> ClientRunner.Result {
        var best = result
        guard best.fuzzCase.uses.count > 1 else { return best }
        for use in best.fuzzCase.uses {
            var alone = best.fuzzCase
            alone.uses = [use]
            if let smaller = try await stillFailing(alone, like: best, &budget) { return smaller }
        }
        var index = 0
        while index < best.fuzzCase.uses.count, best.fuzzCase.uses.count > 2 {
            var fewer = best.fuzzCase
            fewer.uses.remove(at: index)
            if let smaller = try await stillFailing(fewer, like: best, &budget) {
                best = smaller
            } else {
                index += 1
            }
        }
        return best
    }

    /// Tries plainer tapes, then leaves out deltas by halves.
    private func shrinkTape(_ result: ClientRunner.Result, _ budget: inout Int) async throws -> ClientRunner.Result {
        var best = result
        for base in [BaseTape.plain, .short, .call, .calls]
        where best.fuzzCase.base.conversation.size > base.conversation.size {
            var plainer = best.fuzzCase
            plainer.base = base
            if let smaller = try await stillFailing(plainer, like: best, &budget) {
                best = smaller
                break
            }
        }
        guard best.fuzzCase.base.name != BaseTape.plain.name else { return best }
        var length = best.fuzzCase.base.partCount / 2
        while length > 0 {
            var start = 0
            while start < best.fuzzCase.base.partCount, budget > 0 {
                let end = min(start + length, best.fuzzCase.base.partCount)
                var shorter = best.fuzzCase
                if let base = shorter.base.removing(start..<end) {
                    shorter.base = base
                    if let smaller = try await stillFailing(shorter, like: best, &budget) {
                        best = smaller
                        continue
                    }
                }
                start += length
            }
            length /= 2
        }
        return best
    }

    private func stillFailing(
        _ fuzzCase: FuzzCase,
        like result: ClientRunner.Result,
        _ budget: inout Int
    ) async throws -> ClientRunner.Result? {
        guard let again = try await runAgain(fuzzCase, &budget), let failing = again.failing else { return nil }
        return failing.name == result.failing?.name ? again : nil
    }
}

extension ClientRunner.Result {
    /// Whether the machine may have been too busy for it: a failure that is not repeated then says nothing.
    ///
    /// The server is late on such a machine as well, so that a client gives up for a silence that no mutation made, or
    /// before its request has arrived.
    ///
    /// - Parameter timeout: the client's limit on silence.
    /// - Returns: whether it took as long as half of that, or its request never arrived.
    func isLate(within timeout: Duration) -> Bool {
        switch failing {
        case .hang, .noRequest: true
        case .falseError: observation.duration >= timeout / 2
        default: false
        }
    }

    /// Whether a plain answer took the client so long that the machine is to blame for lateness elsewhere.
    ///
    /// - Parameter allowance: what it may need besides waiting.
    /// - Returns: whether it took longer, although there was nothing to wait for.
    func isHeldUp(beyond allowance: Duration) -> Bool {
        failing == .hang || observation.duration > allowance
    }
}

extension Conversation {
    /// Bytes of everything that is said.
    var size: Int {
        (reasoning + text + toolCalls.flatMap(\.pieces)).reduce(0) { $0 + $1.utf8.count }
    }
}

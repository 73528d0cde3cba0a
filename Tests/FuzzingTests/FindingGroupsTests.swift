import Testing

@testable import Fuzzing

@Suite struct FindingGroupsTests {
    private func failure(
        _ uses: [(String, String)],
        base: BaseTape = .text,
        _ failing: Failing = .wrongOutput,
        verdict: Draft.Verdict = .exact,
        requests: Int = 1
    ) -> ClientRunner.Result {
        ClientRunner.Result(
            fuzzCase: FuzzCase(api: .chat, base: base, uses: uses.map { .init($0.0, $0.1) }),
            observation: Observation(status: 0, output: [], requestCount: requests),
            failing: failing,
            expected: ExpectedAnswer(text: ""),
            verdict: verdict
        )
    }

    @Test("One defect that shows in many cases is one group")
    func folding() {
        let groups = FindingGroups([
            failure([("chunking", "bytes")]), failure([("chunking", "inside-data")]),
            failure([("chunking", "inside-character")]), failure([("line-end-split", "crlf")]),
        ]).groups
        #expect(groups.map(\.cause) == [.buffering])
        #expect(groups[0].results.count == 4)
        #expect(groups[0].results[0].fuzzCase.name == "chunking-inside-data")
    }

    @Test("Split characters alone mean that each read is decoded by itself")
    func decoding() {
        let groups = FindingGroups([failure([("chunking", "bytes")]), failure([("chunking", "inside-character")])])
            .groups
        #expect(groups.map(\.cause) == [.decodePerRead])
    }

    @Test("Two defects are two groups")
    func apart() {
        let groups = FindingGroups([failure([("line-end", "crlf")]), failure([("usage", "no-choices")])]).groups
        #expect(groups.map(\.cause) == [.crlf, .noChoices])
    }

    @Test("A combination with a mutation that fails alone says nothing new; another one is a group of its own")
    func combinations() {
        let groups = FindingGroups([
            failure([("line-end", "crlf")]), failure([("line-end", "crlf"), ("bom", "whole")]),
            failure([("comment", "first"), ("bom", "whole")]),
        ]).groups
        #expect(groups.map(\.cause) == [.crlf, .combination])
        #expect(groups.map(\.results.count) == [1, 1])
    }

    @Test("Errors of several kinds that are told with exit status 0 are one defect")
    func exitStatus() {
        let uses = [("cut", "middle"), ("status", "500"), ("error-chunk", "first"), ("content-type", "json")]
        func groups(errors: String) -> [Cause] {
            let results = uses.map { use in
                var result = failure([use], use.0 == "content-type" ? .wrongOutput : .falseSuccess, verdict: .either)
                result.observation.errors = Array(errors.utf8)
                return result
            }
            return FindingGroups(results).groups.map(\.cause)
        }
        #expect(groups(errors: "StreamError") == [.exitStatus])
        #expect(groups(errors: "") == [.truncation, .status, .streamError, .contentType])
    }

    @Test(
        "What one defect explains is told once",
        arguments: [
            ([("sentinel", "none"), ("tail", "no-line-end")], Cause.sentinelRequired),
            ([("status", "500"), ("retry-after", "junk")], .status),
            ([("slow", "head"), ("slow", "drip")], .totalLimit),
            ([("data-split", "two"), ("data-split", "comment")], .multiLineData),
            ([("data-split", "comment")], .commentInData),
            ([("slow", "comments"), ("big-event", "128KiB")], .commentsNoLife),
            ([("chunking", "inside-data"), ("coding", "bytes")], .buffering),
            ([("item-order", "reasoning-last"), ("item-order", "opened-first")], .itemOrder),
            ([("args-cut", "half"), ("no-index", "several"), ("same-index", "ids")], .argumentsCut),
        ]
    )
    func explained(uses: [(String, String)], cause: Cause) {
        #expect(FindingGroups(uses.map { failure([$0]) }).groups.map(\.cause) == [cause])
    }

    @Test("A combination that hangs says no more than a silence that is waited out, if that was found")
    func hangs() {
        #expect(CauseFolding.fold(.emptyStream, of: .hang, among: [.stall]) == .stall)
        #expect(CauseFolding.fold(.emptyStream, of: .hang, among: [.status]) == .emptyStream)
        #expect(CauseFolding.fold(.emptyStream, of: .falseSuccess, among: [.stall]) == .emptyStream)
    }

    @Test("What fails at some times only is the defect that depends on where reads end, if there is one")
    func chance() {
        func finding(_ cause: Cause, _ failing: Failing = .wrongOutput, failed: Int = 2) -> Finding {
            Finding(
                cause: cause,
                fuzzCase: FuzzCase(api: .chat, base: .text),
                failing: failing,
                expected: ExpectedAnswer(text: ""),
                verdict: "exact",
                observation: Observation(status: 0, output: []),
                diagram: "",
                tapeLines: [],
                caseNames: ["\(cause)"],
                extraRuns: 2,
                confirmations: (failed, 2)
            )
        }
        let byChance = finding(.multiLineData, failed: 1)
        let folded = CauseFolding.foldChance([byChance, finding(.buffering), finding(.noChoices)])
        #expect(folded.map(\.cause) == [.buffering, .noChoices])
        #expect(folded.first?.caseNames == ["buffering", "multiLineData"])
        #expect(CauseFolding.foldChance([byChance, finding(.noChoices)]).map(\.cause) == [.multiLineData, .noChoices])
        let apart = [finding(.decodePerRead), finding(.crash, .signal(11), failed: 1), finding(.multiLineData)]
        #expect(CauseFolding.foldChance(apart).map(\.cause) == apart.map(\.cause))
        // One that is itself flaky explains nothing.
        #expect(CauseFolding.foldChance([byChance, finding(.buffering, failed: 1)]).count == 2)
    }

    @Test("A combination is named for its most telling mutation")
    func likelyCauses() {
        func cause(_ uses: (String, String)...) -> Cause { failure(uses).fuzzCase.likelyCause }
        #expect(cause(("line-end", "crlf"), ("chunking", "bytes"), ("data-split", "two")) == .splitCRLF)
        #expect(cause(("line-end", "crlf"), ("data-split", "two")) == .multiLineData)
        #expect(cause(("comment", "inside"), ("error-chunk", "first")) == .streamError)
        #expect(cause(("chunking", "whole"), ("json-spelling", "escapes")) == .oneEventARead)
        #expect(cause(("line-end", "cr")) == .loneCR)
        #expect(cause(("comment", "last"), ("sentinel", "none")) == .comments)
        #expect(cause(("comment", "last"), ("line-end", "crlf")) == .afterSentinel)
    }

    @Test("What took long, or did not reach the server, may be the machine's fault; what was told at once is not")
    func lateness() {
        func isLate(_ failing: Failing, after duration: Duration) -> Bool {
            var result = failure([("chunking", "bytes")], failing)
            result.observation.duration = duration
            return result.isLate(within: .seconds(10))
        }
        #expect(isLate(.hang, after: .seconds(13)))
        #expect(isLate(.noRequest, after: .seconds(1)))
        #expect(isLate(.falseError(status: 1), after: .seconds(8)))
        #expect(!isLate(.falseError(status: 1), after: .seconds(1)))
        #expect(!isLate(.falseSuccess, after: .seconds(8)))
        #expect(!isLate(.wrongOutput, after: .seconds(8)))
    }

    @Test("A plain answer that takes longer than everything but waiting may shows that the machine is too busy")
    func heldUp() {
        func isHeldUp(_ failing: Failing?, after duration: Duration) -> Bool {
            var result = failure([])
            result.failing = failing
            result.observation.duration = duration
            return result.isHeldUp(beyond: .seconds(3))
        }
        #expect(isHeldUp(.hang, after: .seconds(2)))
        #expect(isHeldUp(nil, after: .seconds(4)))
        #expect(isHeldUp(.falseError(status: 1), after: .seconds(4)))
        #expect(!isHeldUp(nil, after: .seconds(2)))
        #expect(!isHeldUp(.falseError(status: 1), after: .seconds(1)))
    }

    @Test("Signals, memory and retries are causes by themselves")
    func symptoms() {
        #expect(failure([("cut", "middle")], .signal(11)).cause == .crash)
        #expect(failure([("cut", "middle")], .memory(byteCount: 1)).cause == .memory)
        #expect(failure([("status", "500")], .retryStorm(requests: 9)).cause == .retryStorm)
        #expect(failure([("status", "500")], .hang, requests: 3).cause == .retryStorm)
        #expect(failure([("stall", "middle")], .hang).cause == .stall)
        #expect(failure([("status", "500")], .inventedOutput, verdict: .fails).cause == .output)
    }
}

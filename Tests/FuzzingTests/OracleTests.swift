import Testing

@testable import Fuzzing

@Suite struct OracleTests {
    private static let answer = ExpectedAnswer(
        text: "Grüße\n",
        toolCalls: [.init(name: "get_weather", arguments: "{\"a\": 1, \"b\": [2]}")]
    )
    private static let call = "TOOL get_weather {\"b\":[2.0],\"a\":1}\n"

    struct Row: Sendable, CustomTestStringConvertible {
        var name: String
        var verdict: Draft.Verdict
        var status: Int32
        var output: String
        var failing: Failing?
        var testDescription: String { name }
    }

    static let rows: [Row] = [
        Row(name: "the whole answer", verdict: .exact, status: 0, output: "Grüße\n\n" + call),
        Row(name: "no last line feed", verdict: .exact, status: 0, output: "Grüße\n\n" + call.dropLast()),
        Row(
            name: "text is compared byte for byte",
            verdict: .exact,
            status: 0,
            output: "Gru\u{308}ße\n\n" + call,
            failing: .wrongOutput
        ),
        Row(name: "a call is missing", verdict: .exact, status: 0, output: "Grüße\n\n", failing: .wrongOutput),
        Row(
            name: "a call too many",
            verdict: .exact,
            status: 0,
            output: "Grüße\n\n" + call + call,
            failing: .wrongOutput
        ),
        Row(
            name: "other arguments",
            verdict: .exact,
            status: 0,
            output: "Grüße\n\nTOOL get_weather {\"a\":2,\"b\":[2]}\n",
            failing: .wrongOutput
        ),
        Row(
            name: "another tool",
            verdict: .exact,
            status: 0,
            output: "Grüße\n\nTOOL weather {\"a\":1,\"b\":[2]}\n",
            failing: .wrongOutput
        ),
        Row(
            name: "an error for a fine answer",
            verdict: .exact,
            status: 3,
            output: "",
            failing: .falseError(status: 3)
        ),
        Row(name: "an error for a broken one", verdict: .fails, status: 1, output: ""),
        Row(name: "its beginning, before an error", verdict: .fails, status: 1, output: "Grü"),
        Row(name: "a line feed after the beginning", verdict: .fails, status: 1, output: "Grü\n"),
        Row(name: "complete calls before an error", verdict: .fails, status: 1, output: "Grüße\n\n" + call),
        Row(name: "a cut character as U+FFFD", verdict: .fails, status: 1, output: "Gr\u{FFFD}"),
        Row(
            name: "what was never sent, before an error",
            verdict: .fails,
            status: 1,
            output: "Error: 502",
            failing: .inventedOutput
        ),
        Row(name: "success for a broken answer", verdict: .fails, status: 0, output: "Grü", failing: .falseSuccess),
        Row(name: "either: the whole answer", verdict: .either, status: 0, output: "Grüße\n\n" + call),
        Row(name: "either: an error", verdict: .either, status: 1, output: "Grüße"),
        Row(name: "either: success with less", verdict: .either, status: 0, output: "Grüße\n\n", failing: .wrongOutput),
        Row(name: "a signal", verdict: .fails, status: -11, output: "", failing: .signal(11)),
    ]

    @Test("Output and exit status are judged as the contract says", arguments: rows)
    func contract(_ row: Row) {
        let observation = Observation(status: row.status, output: Array(row.output.utf8))
        #expect(Oracle().judge(observation, Self.answer, row.verdict) == row.failing)
    }

    @Test("With the exit status alone, output does not count")
    func exitOnly() {
        let observation = Observation(status: 0, output: Array("nonsense".utf8))
        #expect(Oracle(ignoresOutput: true).judge(observation, Self.answer, .exact) == nil)
        #expect(Oracle(ignoresOutput: true).judge(observation, Self.answer, .fails) == .falseSuccess)
    }

    @Test("Time, retries, memory and floods are findings whatever the exit status is")
    func limits() {
        func failing(_ change: (inout Observation) -> Void) -> Failing? {
            var observation = Observation(status: 1, output: [])
            change(&observation)
            return Oracle(requestLimit: 3, memoryByteLimit: 1000).judge(observation, Self.answer, .fails)
        }
        #expect(failing { $0.timedOut = true } == .hang)
        #expect(failing { $0.requestCount = 4 } == .retryStorm(requests: 4))
        #expect(failing { $0.requestCount = 3 } == nil)
        #expect(failing { $0.peakMemoryByteCount = 2000 } == .memory(byteCount: 2000))
        #expect(failing { $0.flooded = true } == .flood)
        #expect(failing { $0.requestCount = 0 } == .noRequest)
    }

    @Test("Nothing is expected for an empty text")
    func emptyText() {
        let answer = ExpectedAnswer(text: "", toolCalls: Self.answer.toolCalls)
        let observation = Observation(status: 0, output: Array(Self.call.utf8))
        #expect(Oracle().judge(observation, answer, .exact) == nil)
    }
}

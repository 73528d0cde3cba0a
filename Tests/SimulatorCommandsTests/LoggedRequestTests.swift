import Foundation
import OpenRouterAPI
import Simulation
import Tapes
import Testing

@testable import SimulatorCommands
@testable import SimulatorServer

@Suite("Lines of the log")
struct LoggedRequestTests {
    private static let time = Date(timeIntervalSince1970: 1_788_081_300)

    private static func line(_ request: LoggedRequest, colors: Bool = false) -> String {
        request.line(at: time, Style(isOn: colors), zone: .gmt)
    }

    private static func answered() -> LoggedRequest {
        var request = LoggedRequest(method: "POST", path: "/api/v1/chat/completions")
        request.model = "openai/gpt-4o-mini"
        request.status = 200
        request.origin = Origin(.synthetic(seed: 0))
        request.usage = TokenUsage(prompt: 9, completion: 12)
        request.cost = USD("0.0000085")
        request.firstByte = .microseconds(1200)
        request.duration = .microseconds(2430)
        request.outcome = "played"
        request.ending = .complete
        return request
    }

    @Test("say what was asked, who answered, what it cost and how long it took")
    func usual() {
        #expect(
            Self.line(Self.answered())
                == "09:15:00 200 POST /chat/completions openai/gpt-4o-mini synthetic 9+12 tokens $0.0000085 2.4 ms"
        )
    }

    @Test("say what is unusual: worlds, slow streams, faults, endings, clients that leave")
    func unusual() {
        var request = Self.answered()
        request.world = "test-1"
        request.origin = Origin(
            .cassette(file: "tapes/session.cassette", interaction: 3),
            faults: ["slicer", "latency"]
        )
        request.duration = .milliseconds(1234)
        request.ending = .reset
        request.outcome = "cancelled"
        #expect(
            Self.line(request).hasSuffix(
                "session.cassette#3 world test-1 9+12 tokens $0.0000085 1.2 s (first byte 1.2 ms) "
                    + "faults: slicer, latency ends with reset cancelled"
            )
        )
    }

    @Test("make misses stand out, with colors where there are any")
    func misses() {
        var request = LoggedRequest(method: "GET", path: "/nowhere")
        request.status = 404
        #expect(Self.line(request) == "09:15:00 404 GET /nowhere")
        request.isMiss = true
        #expect(Self.line(request) == "09:15:00 404 MISS GET /nowhere")
        #expect(
            Self.line(request, colors: true)
                == "\u{1B}[2m09:15:00\u{1B}[0m \u{1B}[31m404 MISS\u{1B}[0m GET /nowhere"
        )
        #expect(request.record(at: Self.time).json.members?["severity_text"] == "WARNING")
    }

    @Test("have an answer without a head, and times of every size")
    func rest() {
        var request = LoggedRequest(method: "GET", path: "/api/v1/models")
        request.duration = .milliseconds(56)
        request.ending = .stall
        #expect(Self.line(request) == "09:15:00 --- GET /models 56 ms ends with stall")
    }

    @Test("sum up what was served, missed and never used")
    func summary() {
        var summary = ServerApplication.Summary(answers: 1, misses: 2, recorded: 0)
        #expect(summary.lines == ["served 1 answer, 2 misses"])
        summary.recorded = 3
        summary.unusedRules = ["a:2"]
        summary.unusedRecordings = (1...12).map { "s #\($0)" }
        #expect(
            summary.lines == [
                "served 1 answer, recorded 3, 2 misses, 12 unused recordings, 1 unused rule",
                "never played: s #1, s #2, s #3, s #4, s #5, s #6, s #7, s #8, s #9, s #10 and 2 more",
                "never matched: a:2",
            ]
        )
    }
}

import Cassettes
import Foundation
import HTTPTypes
import NIOCore
import OpenRouterAPI
import Simulation
import Tapes
import Testing

@testable import SimulatorServer

@Suite("Answers from cassettes")
struct CassetteAnswerSourceTests {
    private static func request(_ body: String) -> Request {
        Request(
            method: .post,
            target: RequestTarget("/api/v1/chat/completions"),
            fields: [.contentType: "application/json"],
            body: ByteBuffer(string: body)
        )
    }

    /// A cassette of answers to bodies, in order; the file is gone once it is open.
    private static func cassette(_ recordings: [(String, String)], rules: MatchingRules? = nil) async throws -> Cassette
    {
        let path = NSTemporaryDirectory() + UUID().uuidString + ".cassette"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let writer = try CassetteWriter(path: path, rules: rules)
        for (body, answer) in recordings {
            let tape = Tape(
                head: ResponseHead(status: .ok, fields: [.contentType: "text/plain"]),
                frames: [Frame(answer)],
                ending: .complete,
                origin: Origin(.upstream(url: "http://127.0.0.1"))
            )
            let interaction = Interaction(request: request(body), tape: tape, recordedAt: 0)
            _ = try await writer.append(Redactor().redact(interaction))
        }
        try await writer.close()
        return try Cassette(path: path)
    }

    /// The body of the answer, or the reason of the miss.
    private static func answer(_ source: CassetteAnswerSource, _ body: String, _ world: World) async -> String {
        var sourcing = source.answer(to: request(body), in: world)
        if case .later(let look) = sourcing { sourcing = await look() }
        switch sourcing {
        case .answered(let answer):
            guard case .lowered(let lowered) = answer.answer else { return "not lowered" }
            return String(buffer: lowered.tape.body)
        case .missed(let explanation):
            return await explanation?().message ?? "no explanation"
        case .later: return "later again"
        case .failed(let reason): return reason
        }
    }

    @Test("Cassettes with rules of their own are asked by them, in their order")
    func rules() async throws {
        let source = try CassetteAnswerSource(
            [
                try await Self.cassette([(#"{"n":1,"id":1}"#, "a")], rules: MatchingRules(ignore: ["/id"])),
                try await Self.cassette([(#"{"n":1,"id":2}"#, "b"), (#"{"n":2}"#, "c")]),
                try await Self.cassette([(#"{"n":1,"id":3}"#, "d")], rules: MatchingRules(ignore: ["/id"])),
            ],
            redactor: Redactor(),
            exhausted: .fail
        )
        #expect(source.recordingCount == 4)
        let world = World(name: "w", clock: .fixed(0), systemTime: { 0 })
        var answers: [String] = []
        for _ in 0..<4 { answers.append(await Self.answer(source, #"{"n":1,"id":2}"#, world)) }
        #expect(answers.prefix(3) == ["a", "b", "d"])
        #expect(
            answers[3]
                == "No recording matches: this request was recorded 3 times, and each recording was played in world 'w'"
        )
        #expect(await Self.answer(source, #"{"n":2}"#, world) == "c")
        let other = World(name: "other", clock: .fixed(0), systemTime: { 0 })
        #expect(await Self.answer(source, #"{"n":1,"id":9}"#, other) == "a")
        #expect(await Self.answer(source, #"{"n":1,"id":9}"#, other) == "d")
    }

    @Test("Without cassettes everything is a miss")
    func none() async throws {
        let source = try CassetteAnswerSource([], redactor: Redactor())
        let world = World(clock: .fixed(0), systemTime: { 0 })
        #expect(
            await Self.answer(source, "{}", world) == "No recording matches: this request was never recorded"
        )
    }
}

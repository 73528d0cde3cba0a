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

    /// The places of recordings in memory, and looked for in the files.
    static let loadLimits = [Cassette.indexCheckLimit, 4, 3, 0]

    @Test("Cassettes with rules of their own are asked by them, in their order", arguments: loadLimits)
    func rules(loadLimit: Int) async throws {
        let source = try CassetteAnswerSource(
            [
                try await Self.cassette([(#"{"n":1,"id":1}"#, "a")], rules: MatchingRules(ignore: ["/id"])),
                try await Self.cassette([(#"{"n":1,"id":2}"#, "b"), (#"{"n":2}"#, "c")]),
                try await Self.cassette([(#"{"n":1,"id":3}"#, "d")], rules: MatchingRules(ignore: ["/id"])),
            ],
            redactor: Redactor(),
            exhausted: .fail,
            loadLimit: loadLimit
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

    @Test("Each recording is played in its turn, and then what is asked for", arguments: loadLimits)
    func turns(loadLimit: Int) async throws {
        for (exhausted, last) in [(CassetteAnswerSource.Exhausted.repeat, "b"), (.cycle, "a")] {
            let source = try CassetteAnswerSource(
                [try await Self.cassette([("{}", "a"), (#"{"n":1}"#, "c"), ("{}", "b")])],
                redactor: Redactor(),
                exhausted: exhausted,
                loadLimit: loadLimit
            )
            let world = World(clock: .fixed(0), systemTime: { 0 })
            #expect(source.unusedRecordings(in: world).map { $0.suffix(2) } == ["#1", "#2", "#3"])
            for expected in ["a", "b", last] { #expect(await Self.answer(source, "{}", world) == expected) }
            #expect(source.unusedRecordings(in: world).map { $0.suffix(2) } == ["#2"])
            #expect(await Self.answer(source, #"{"n":2}"#, world).contains("this request was never recorded"))
        }
    }

    @Test("What is recorded after the cassette was opened is not played", arguments: [Cassette.indexCheckLimit, 0])
    func recordedSince(loadLimit: Int) async throws {
        let path = NSTemporaryDirectory() + UUID().uuidString + ".cassette"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let writer = try CassetteWriter(path: path)
        let tape = Tape(head: ResponseHead(status: .ok), frames: [Frame("a")], origin: .server)
        let interaction = { (body: String) in
            Redactor().redact(Interaction(request: Self.request(body), tape: tape, recordedAt: 0))
        }
        _ = try await writer.append(interaction("{}"))
        let source = try CassetteAnswerSource(
            [try Cassette(path: path)],
            redactor: Redactor(),
            exhausted: .fail,
            loadLimit: loadLimit
        )
        _ = try await writer.append([interaction("{}"), interaction(#"{"n":1}"#)])
        let world = World(clock: .fixed(0), systemTime: { 0 })
        #expect(await Self.answer(source, "{}", world) == "a")
        #expect(await Self.answer(source, "{}", world).hasPrefix("No recording matches"))
        #expect(await Self.answer(source, #"{"n":1}"#, world).hasPrefix("No recording matches"))
        source.close()
        try await writer.close()
    }

    @Test("A body over 1 MiB is not kept, but read by each answer")
    func largeBody() async throws {
        let body = String(repeating: "x", count: LoadedRecording.heldBodyByteLimit + 1)
        let source = try CassetteAnswerSource([try await Self.cassette([("{}", body)])], redactor: Redactor())
        let world = World(clock: .fixed(0), systemTime: { 0 })
        guard case .later(let look) = source.answer(to: Self.request("{}"), in: world) else {
            Issue.record("known before it was read")
            return
        }
        guard case .answered(let first) = await look(), case .stored(let stored) = first.answer else {
            Issue.record("not answered")
            return
        }
        #expect(stored.bodyByteCount == body.utf8.count)
        #expect(stored.excerpt.bodyByteCount == body.utf8.count && stored.excerpt.frameCount == 1)
        #expect(stored.excerpt.tape.bodyByteCount == TapeExcerpt.bodyByteLimit)
        for _ in 0..<2 { #expect(String(buffer: try stored.whole().body) == body) }
        // What is known of it is kept.
        guard case .answered(let second) = source.answer(to: Self.request("{}"), in: world),
            case .stored = second.answer
        else {
            Issue.record("looked for again")
            return
        }
        #expect(source.load.count == 1)
        #expect(source.load.byteCount < 200_000)
    }

    @Test("A body of 1 MiB is kept")
    func heldBody() async throws {
        let body = String(repeating: "x", count: LoadedRecording.heldBodyByteLimit)
        let source = try CassetteAnswerSource([try await Self.cassette([("{}", body)])], redactor: Redactor())
        let world = World(clock: .fixed(0), systemTime: { 0 })
        #expect(await Self.answer(source, "{}", world) == body)
    }

    @Test("A cache keeps to its bound, first in first out, and a value beyond it alone")
    func cache() {
        let cache = BoundedCache<Int, String>(limit: 10)
        for key in 0..<6 { cache.insert("\(key)", for: key, cost: 3) }
        #expect((0..<6).map { cache[$0] } == [nil, nil, nil, "3", "4", "5"])
        cache.insert("other", for: 5, cost: 3)
        #expect(cache[5] == "5")
        #expect(cache.load == (3, 9))
        cache.insert("large", for: 9, cost: 100)
        #expect(cache[9] == "large" && cache.load == (1, 100))
        cache.insert("small", for: 1, cost: 1)
        #expect(cache[9] == nil && cache.load == (1, 1))
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

import HTTPTypes
import NIOCore
import OpenRouterAPI
import Tapes
import Testing

@testable import Cassettes

@Suite("Near misses")
struct NearMissTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    static func chat(_ body: String, completion: Interaction.Completion = .finished) -> Interaction {
        .make(request: .make(body), completion: completion)
    }

    func report(_ recorded: [Interaction], _ request: Request) async throws -> MissReport {
        let writer = try CassetteWriter(path: folder.file("a.db"))
        for interaction in recorded {
            _ = try await writer.append(Redactor().redact(interaction))
        }
        try await writer.close()
        let cassette = try Cassette(path: folder.file("a.db"))
        return try NearMissFinder(cassettes: [cassette], redactor: Redactor()).report(for: request)
    }

    /// The report without the folder, which differs from run to run.
    func text(_ recorded: [Interaction], _ request: Request) async throws -> String {
        try await report(recorded, request).text.replacing(folder.path + "/", with: "")
    }

    @Test("An empty cassette has nothing similar")
    func empty() async throws {
        #expect(
            try await text([], .make()) == """
                miss: POST /api/v1/chat/completions (openai/gpt-4o): this request was never recorded
                  looked at 0 recordings, none is similar
                  how to fix:
                    - The request is meant to be new: record it with 'openrouter-sim record --cassette a.db'.
                    - A recording went stale: record all anew with 'openrouter-sim record --cassette a.db --record-mode all'.
                    - A part varies from run to run (a time, an id): make it constant in the client.
                    - To look at it offline: 'openrouter-sim cassette explain REQUEST.json --cassette a.db'.
                """
        )
    }

    @Test("The nearest three are shown, nearest first, with what differs")
    func nearest() async throws {
        let recorded = [
            Self.chat(#"{"model":"a/b","messages":[{"role":"user","content":"Bye"}],"seed":1,"top_p":1}"#),
            Self.chat(#"{"model":"a/b","messages":[{"role":"user","content":"Hello"}],"temperature":0.5}"#),
            Self.chat(#"{"model":"c/d","messages":[{"role":"user","content":"Hello"}],"temperature":0.7}"#),
            Self.chat(#"{"model":"a/b","messages":[1,2,3,4],"temperature":0.7}"#),
            .make(request: .make("", method: .get, target: "/api/v1/models")),
        ]
        let request = Request.make(#"{"model":"a/b","messages":[{"role":"user","content":"Hello"}],"temperature":0.7}"#)
        let lines = try await text(recorded, request).split(separator: "\n").prefix { !$0.contains("how to fix") }
        #expect(
            lines.joined(separator: "\n") == """
                miss: POST /api/v1/chat/completions (a/b): this request was never recorded
                  looked at 5 recordings, nearest:
                  #2 POST /api/v1/chat/completions in a.db
                      /temperature: recorded 0.5 → requested 0.7
                  #1 POST /api/v1/chat/completions in a.db
                      /messages/0/content: recorded "Bye" → requested "Hello"
                      /seed: recorded 1 → not requested
                      /top_p: recorded 1 → not requested
                      /temperature: not recorded → requested 0.7
                  #4 POST /api/v1/chat/completions in a.db
                      /messages/0: recorded 1 → requested {"role":"user","content":"Hello"}
                      /messages/1: recorded 2 → not requested
                      /messages/2: recorded 3 → not requested
                      /messages/3: recorded 4 → not requested
                """
        )
    }

    static let differences: [(String, Request, Request, [String])] = [
        (
            "method", .make("{}", method: .put, target: "/x"), .make("{}", method: .post, target: "/x"),
            ["method: recorded PUT → requested POST"]
        ),
        (
            "path", .make(#"{"model":"m"}"#, target: "/api/v1/completions"),
            .make(#"{"model":"m"}"#, target: "/api/v1/responses"),
            ["path: recorded /api/v1/completions → requested /api/v1/responses"]
        ),
        (
            "query", .make("", method: .get, target: "/x?a=1"), .make("", method: .get, target: "/x"),
            ["query: recorded ?a=1 → requested none"]
        ),
        (
            "bytes", .make("abc", target: "/x"), .make("", target: "/x"),
            ["body: recorded 3 bytes (06b05ab6) → requested none"]
        ),
        (
            "bytes and JSON", .make("abc", target: "/x"), .make("{}", target: "/x"),
            ["body: recorded 3 bytes (06b05ab6) → requested 2 bytes (dc7048f8)"]
        ),
    ]

    @Test("What differs is named:", arguments: differences)
    func differing(_ what: String, _ recorded: Request, _ requested: Request, _ lines: [String]) async throws {
        let report = try await report([.make(request: recorded)], requested)
        #expect(report.nearest.map(\.differences) == [lines])
    }

    @Test("Played, half recorded and never recorded are told apart")
    func reasons() async throws {
        let recorded: [Interaction] = [
            .chat("played"), .chat("played"), .chat("left", completion: .clientLeft),
            .chat("both", completion: .interrupted), .chat("both"),
        ]
        let writer = try CassetteWriter(path: folder.file("a.db"))
        for interaction in recorded { _ = try await writer.append(Redactor().redact(interaction)) }
        try await writer.close()
        let finder = NearMissFinder(cassettes: [try Cassette(path: folder.file("a.db"))], redactor: Redactor())
        let cases: [(String, MissReport.Reason)] = [
            ("played", .consumed(times: 2)), ("left", .onlyIncomplete), ("both", .consumed(times: 1)),
            ("new", .neverRecorded),
        ]
        for (text, reason) in cases {
            #expect(try finder.report(for: Interaction.chat(text).request).reason == reason)
        }
    }

    @Test("A report shows no secrets, cuts what is long, and is JSON for the error's metadata")
    func secrets() async throws {
        let prompt = String(repeating: "long prompt ", count: 1_000)
        var request = Request.make(#"{"model":"m","messages":["\#(prompt)","\#(Secrets.openRouter)"]}"#)
        request.fields[.authorization] = "Bearer \(Secrets.openRouter)"
        let recorded = Self.chat(#"{"model":"m","messages":["other \#(prompt)","\#(Secrets.openRouter)0"]}"#)
        let report = try await report([recorded], request)
        for text in [report.text, report.json.description] {
            #expect(!text.contains(Secrets.openRouter.dropFirst(9).prefix(8)))
            #expect(text.count < 2_500)
        }
        #expect(
            report.json.description.hasPrefix(
                #"{"reason":"never_recorded","message":"this request was never recorded","request":"POST "#
            )
        )
        #expect(report.nearest.first?.differenceCount == 2)
    }

    @Test("Looking through 2,000 recordings compares at most 200 bodies and still finds the nearest")
    func many() async throws {
        let recorded = (0..<2_000).map { number in
            Self.chat(
                #"{"model":"m\#(number % 7)","messages":["\#(String(repeating: "x", count: number))"],"n":\#(number)}"#
            )
        }
        let request = Request.make(#"{"model":"m5","messages":["\#(String(repeating: "x", count: 1_006))"],"n":1007}"#)
        let report = try await report(recorded, request)
        #expect(report.recordingCount == 2_000)
        #expect(report.nearest.count == 3)
        #expect(report.nearest.first.map { $0.id % 7 } == 6)
    }
}

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
            ("played", .consumed(times: 2, world: "w")), ("left", .onlyIncomplete(clientLeft: 1, interrupted: 0)),
            ("both", .consumed(times: 1, world: "w")), ("new", .neverRecorded),
        ]
        for (text, reason) in cases {
            #expect(try finder.report(for: Interaction.chat(text).request, world: "w").reason == reason)
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

    static let suggestions: [(String, Request, Request, String?)] = [
        (
            "an id in messages", .make(#"{"model":"m","messages":[{"role":"tool","tool_call_id":"a","content":"x"}]}"#),
            .make(#"{"model":"m","messages":[{"role":"tool","tool_call_id":"b","content":"x"}]}"#),
            "--ignore '/messages/*/tool_call_id'"
        ),
        (
            "a time in a prompt", .make(#"{"model":"m","messages":[{"content":"Today is 2026-11-28."}]}"#),
            .make(#"{"model":"m","messages":[{"content":"Today is 2026-11-29."}]}"#), "--normalize timestamps"
        ),
        (
            "a time, an id and a member", .make(#"{"model":"m","t":1790000000,"metadata":{"run":"a"},"user":"u"}"#),
            .make(#"{"model":"m","t":1790000001,"metadata":{"run":"b"}}"#),
            "--ignore /metadata/run --ignore /user --normalize timestamps"
        ),
        (
            "a query", .make("", method: .get, target: "/x?a=1&b=2"),
            .make("", method: .get, target: "/x?a=2&b=2"), "--ignore-query a"
        ),
        (
            "another question", .make(#"{"model":"m","messages":[{"content":"a"}]}"#),
            .make(#"{"model":"m","messages":[{"content":"b"}]}"#), nil
        ),
        ("another model", .make(#"{"model":"m"}"#), .make(#"{"model":"n"}"#), nil),
        ("one message more", .make(#"{"model":"m","messages":[1]}"#), .make(#"{"model":"m","messages":[1,2]}"#), nil),
        ("bytes", .make("abc", target: "/x"), .make("abd", target: "/x"), nil),
    ]

    @Test("What a rule would cure is told with the command, which then does cure it:", arguments: suggestions)
    func suggestion(_ what: String, _ recorded: Request, _ requested: Request, _ options: String?) async throws {
        let report = try await report([.make(request: recorded)], requested)
        let path = folder.file("a.db")
        let command = options.map { "`openrouter-sim cassette rematch \(path) \($0)`" }
        #expect(
            report.fixes.first { $0.contains("rematch") }
                == command.map { "What differs from #1 does not matter: let it match with \($0)." }
        )
        guard let options else { return }
        let words = options.replacing("'", with: "").split(separator: " ").map(String.init)
        let values = { (name: String) in words.indices.filter { words[$0] == name }.map { words[$0 + 1] } }
        let rules = try MatchingRules(
            ignore: values("--ignore"),
            normalize: values("--normalize"),
            ignoreQuery: values("--ignore-query")
        )
        _ = try CassetteRematch(of: path) { $0.adding(rules) }
        let cassette = try Cassette(path: path)
        let asked = Fingerprinter(redactor: Redactor(), rules: try cassette.matchingRules()).fingerprint(of: requested)
        #expect(try cassette.index().map(\.fingerprint) == [asked])
    }

    @Test("What the rules of a cassette ignore is no difference")
    func rules() async throws {
        let rules = try MatchingRules(
            ignore: ["/id", "/messages/*/id"],
            normalize: ["uuids"],
            headers: ["x-title"],
            ignoreQuery: ["a"]
        )
        let writer = try CassetteWriter(path: folder.file("a.db"), rules: rules)
        var recorded = Request.make(
            #"{"model":"m","id":1,"messages":[{"id":1,"content":"x"}],"u":"0b9f2c1e-7d53-4b8a-9e11-2f3a4b5c6d7e","n":1}"#,
            target: "/x?a=1"
        )
        recorded.fields[try .named("x-title")] = "one"
        _ = try await writer.append(Redactor().redact(.make(request: recorded)))
        try await writer.close()
        let request = Request.make(
            #"{"model":"m","messages":[{"id":2,"content":"x"}],"u":"1b9f2c1e-7d53-4b8a-9e11-2f3a4b5c6d7e","n":2}"#,
            target: "/x?a=2"
        )
        let finder = NearMissFinder(cassettes: [try Cassette(path: folder.file("a.db"))], redactor: Redactor())
        let report = try finder.report(for: request)
        #expect(
            report.nearest.map(\.differences)
                == [["header x-title: recorded one → requested none", "/n: recorded 1 → requested 2"]]
        )
        #expect(!report.text.contains("rematch"), "a rule for /n alone is no cure")
        var other = recorded
        other.body = .init(buffer: request.body)
        let cure = try finder.report(for: other).fixes.first
        #expect(cure?.hasSuffix("rematch \(folder.file("a.db")) --ignore /n`.") == true)
        other = recorded
        other.target = request.target
        #expect(try finder.report(for: other, world: "main").reason == .consumed(times: 1, world: "main"))
    }

    @Test("Tools tell candidates apart before the number of differences does")
    func tools() async throws {
        let chat = { (tool: String, more: String) in
            Self.chat(
                #"{"model":"m","messages":[1],"tools":[{"type":"function","function":{"name":"\#(tool)"}}]\#(more)}"#
            )
        }
        let recorded = [chat("weather", ""), chat("time", #","seed":1,"top_p":1"#)]
        let report = try await report(recorded, chat("time", "").request)
        #expect(report.nearest.map(\.id) == [2, 1])
    }

    static let endpoints: [(String, Request, MissReport.Reason)] = [
        (
            "method", .make(#"{"model":"m"}"#, method: .put, target: "/x"),
            .otherEndpoint("POST /x")
        ),
        ("path", .make(#"{"model":"m"}"#, target: "/y"), .otherEndpoint("POST /x")),
        ("path and body", .make(#"{"model":"m","n":1}"#, target: "/y"), .neverRecorded),
    ]

    @Test("A request that only went elsewhere is told so:", arguments: endpoints)
    func endpoint(_ what: String, _ request: Request, _ reason: MissReport.Reason) async throws {
        let report = try await report([.make(request: .make(#"{"model":"m"}"#, target: "/x"))], request)
        #expect(report.reason == reason)
    }

    @Test("Each reason is said in words of its own, with what to do")
    func wording() {
        let cases: [(MissReport.Reason, String, String, [String])] = [
            (
                .otherEndpoint("POST /x"), "other_endpoint",
                "this request was recorded with another method or path: POST /x",
                [
                    "The client goes to the wrong place: send it to POST /x, as it was recorded.",
                    "The place is meant to be new: record it with 'openrouter-sim record --cassette a.db'.",
                ]
            ),
            (
                .consumed(times: 2, world: "w"), "consumed",
                "this request was recorded 2 times, and each recording was played in world 'w'",
                [
                    "The client asks more often than was recorded: record the rest with "
                        + "'openrouter-sim record --cassette a.db'.",
                    "More of the same will do: replay with '--exhausted repeat' or '--exhausted cycle' instead of 'fail'.",
                    "Another test has played them in the same world: give each test its own with the header "
                        + "'X-Sim-World: NAME'; each world plays from the first recording on.",
                ]
            ),
            (
                .onlyIncomplete(clientLeft: 1, interrupted: 0), "only_incomplete",
                "this request was recorded, but only until the client left",
                [
                    "Record the whole answer with 'openrouter-sim record --cassette a.db'.",
                    "The part that there is will do: replay with '--include-incomplete'.",
                ]
            ),
            (
                .onlyIncomplete(clientLeft: 0, interrupted: 1), "only_incomplete",
                "this request was recorded, but only until the recorder was stopped",
                [
                    "Record the whole answer with 'openrouter-sim record --cassette a.db'.",
                    "The part that there is will do: replay with '--include-incomplete'.",
                ]
            ),
        ]
        for (reason, code, sentence, fixes) in cases {
            #expect(reason.code == code)
            #expect(reason.sentence == sentence)
            #expect(reason.fixes(cassette: "a.db", rematch: nil, isOffline: false) == fixes)
        }
    }
}

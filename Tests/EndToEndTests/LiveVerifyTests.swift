import Foundation
import OpenRouterAPI
import TestSupport
import Testing

/// `cassette verify --live` against simulators that have moved on.
@Suite("Recordings held against a live API")
struct LiveVerifyTests {
    private static let key = "sk-or-v1-" + "1e6f44a47a05f1dad2ad7e88c4c1d6b77688157716fb1a5271146f7464951c97"

    private static func chat(_ text: String, stream: Bool = false) -> String {
        #"{"model":"openai/gpt-4o-mini","messages":[{"role":"user","content":"\#(text)"}],"stream":\#(stream)}"#
    }

    /// Two chats, a listing and a new key, as they are today.
    private static func record(into folder: TestSupport.TemporaryFolder) throws -> String {
        let upstream = try SimulatorProcess(["serve"])
        defer { upstream.stop() }
        let cassette = folder.path("a.cassette")
        let recorder = try SimulatorProcess(["record", "--cassette", cassette, "--upstream", upstream.baseURL])
        defer { recorder.stop() }
        for (method, path, body) in [
            ("POST", "/chat/completions", chat("hello")), ("POST", "/chat/completions", chat("stream", stream: true)),
            ("GET", "/models/count", ""), ("POST", "/keys", #"{"name":"x"}"#),
        ] {
            let answer = try HTTPExchange(method, "/api/v1" + path, body: body, port: recorder.port)
            #expect(answer.status < 300, "\(answer.body)")
        }
        return cassette
    }

    private static func verify(
        _ cassette: String,
        _ upstream: SimulatorProcess,
        _ arguments: String...
    ) throws -> SimulatorProcess.Outcome {
        let outcome = try SimulatorProcess.run(
            ["cassette", "verify", cassette, "--live", "--upstream", upstream.baseURL] + arguments,
            environment: ["OPENROUTER_API_KEY": key]
        )
        #expect(!outcome.output.contains(key) && !outcome.errors.contains(key))
        return outcome
    }

    @Test("An API that is as it was matches; what it says otherwise is no drift")
    func same() throws {
        let folder = try TemporaryFolder()
        let cassette = try Self.record(into: folder)
        let before = try Data(contentsOf: URL(filePath: cassette))
        let live = try SimulatorProcess(["serve", "--seed", "7"])
        defer { live.stop() }
        let outcome = try Self.verify(cassette, live)
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
        let lines = outcome.output.split(separator: "\n")
        #expect(
            lines.filter { !$0.hasPrefix(" ") }.dropLast().map(String.init) == [
                "matches  #1  POST /api/v1/chat/completions (openai/gpt-4o-mini)",
                "matches  #2  POST /api/v1/chat/completions (openai/gpt-4o-mini)",
                "matches  #3  GET /api/v1/models/count", "skipped  #4  POST /api/v1/keys",
            ]
        )
        #expect(lines.last?.hasPrefix("3 requests sent, 0.0") == true, "\(outcome.output)")
        #expect(lines.last?.hasSuffix(" USD: 3 matches, 1 skipped") == true, "\(outcome.output)")
        #expect(try Data(contentsOf: URL(filePath: cassette)) == before, "the cassette is only read")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path(".")) == ["a.cassette"])
        let one = try Self.verify(cassette, live, "--max-requests", "1", "--json")
        let json = try JSONDocument(parsing: one.output.utf8).root
        #expect(json["intact"]?.bool == true)
        #expect(json["live"]?["requests"]?.int == 1)
        #expect(json["live"]?["breaking"]?.bool == false)
    }

    @Test("Members that are gone, other types, other statuses and new members are told by severity")
    func drifted() throws {
        let folder = try TemporaryFolder()
        let cassette = try Self.record(into: folder)
        let scenario = """
            name: drifted
            rules:
              - match: { endpoint: chat, stream: true }
                respond: { error: { status: 503, type: provider_overloaded } }
              - match: { endpoint: chat }
                respond:
                  status: 200
                  headers: { Content-Type: application/json }
                  body: '{"id":7,"object":"chat.completion","created":1,"model":"m","provider":"p","choices":[],"news":{}}'
            """
        try Data(scenario.utf8).write(to: URL(filePath: folder.path("drifted.yaml")))
        let live = try SimulatorProcess(["serve", folder.path("drifted.yaml")])
        defer { live.stop() }
        let outcome = try Self.verify(cassette, live)
        #expect(outcome.status == 1, "\(outcome.output)\(outcome.errors)")
        for line in [
            "breaks  #1  POST /api/v1/chat/completions (openai/gpt-4o-mini)\n", "    breaking  /usage: object → none\n",
            "    breaking  /id: string → number\n", "    info  /news: none → object\n",
            "    breaking  status: 200 → 503\n", "matches  #3  GET /api/v1/models/count\n",
        ] {
            #expect(outcome.output.contains(line), "\(line) in \(outcome.output)")
        }
        #expect(!outcome.output.contains("/choices/*"), "an empty list says nothing of what was in it")
        let json = try JSONDocument(parsing: try Self.verify(cassette, live, "--json").output.utf8).root
        let first = json["live"]?["cases"]?[0]
        #expect(first?["verdict"]?.string == "breaks")
        #expect(first?["interactions"]?[0]?.int == 1)
        #expect(Set(first?["drift"]?.elements.compactMap { $0["severity"]?.string } ?? []) == ["breaking", "info"])
    }

    @Test("Wrong use and an upstream that is not there exit with 2 and say what to do")
    func wrongUse() throws {
        let folder = try TemporaryFolder()
        let cassette = try Self.record(into: folder)
        let rows: [([String], String, String)] = [
            (["--live"], "", "Missing the variable OPENROUTER_API_KEY: '--live' needs a key of the live API."),
            (["--max-cost", "1"], "k", "Missing '--live': '--max-cost' is about asking the real API."),
            (
                ["--live", "--max-cost", "much"], "k",
                "'much' is invalid for '--max-cost'. Expected dollars, such as 0.05"
            ),
            (["--live", "--max-requests", "-1"], "k", "--max-requests"),
            (["--live", "--upstream", "http://127.0.0.1:1/api/v1"], "k", "refused the connection"),
        ]
        for (arguments, key, message) in rows {
            let outcome = try SimulatorProcess.run(
                ["cassette", "verify", cassette] + arguments,
                environment: ["OPENROUTER_API_KEY": key]
            )
            #expect(outcome.status == 2, "\(arguments)")
            #expect(outcome.output.isEmpty)
            #expect(outcome.errors.contains(message), "\(outcome.errors)")
        }
        let strict = try SimulatorProcess(["serve", "--auth", "strict"])
        defer { strict.stop() }
        let refused = try Self.verify(cassette, strict)
        #expect(refused.status == 2)
        #expect(
            refused.errors.contains("the upstream refuses the key (401). Set OPENROUTER_API_KEY"),
            "\(refused.errors)"
        )
    }
}

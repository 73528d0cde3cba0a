import Foundation
import OpenRouterAPI
import TestSupport
import Testing

/// What a server tells on stderr.
@Suite("Log")
struct LogTests {
    private static func errors(_ arguments: [String]) throws -> [String] {
        let server = try SimulatorProcess(arguments + ["--clock", "fixed:2026-08-30T09:15:00Z"])
        defer { server.stop() }
        let answer = try HTTPExchange("POST", "/api/v1/chat/completions", body: WorldClient.question, port: server.port)
        #expect(answer.status == 200 || answer.status == 404)
        return server.stop().errors.split(separator: "\n").map(String.init)
    }

    @Test("has a record for each request where JSON is asked for, with stable names")
    func json() throws {
        let lines = try Self.errors(["serve", "--log-format", "json"])
        let records = try lines.map { try JSONDocument(parsing: $0.utf8) }
        let request = try #require(
            records.first { $0.root["attributes"]?["event.name"]?.string == "openrouter_sim.request" }?.root
        )
        #expect(request["severity_text"]?.string == "INFO")
        #expect(request["severity_number"]?.int == 9)
        #expect(request["body"]?.string == "POST /api/v1/chat/completions 200")
        let attributes = try #require(request["attributes"])
        #expect(
            attributes.members.map(\.key) == [
                "event.name", "http.request.method", "url.path", "http.response.status_code", "http.response.body.size",
                "gen_ai.request.model", "gen_ai.response.id", "gen_ai.usage.input_tokens", "gen_ai.usage.output_tokens",
                "openrouter_sim.world", "openrouter_sim.origin", "openrouter_sim.source", "openrouter_sim.cost",
                "openrouter_sim.duration", "openrouter_sim.time_to_first_byte", "openrouter_sim.ending",
                "openrouter_sim.outcome", "openrouter_sim.miss", "openrouter_sim.faults",
            ]
        )
        #expect(attributes["http.response.status_code"]?.int == 200)
        #expect(attributes["openrouter_sim.origin"]?.string == "synthetic")
        #expect((attributes["gen_ai.usage.input_tokens"]?.int ?? 0) > 0)
    }

    @Test("has no line for a request where nobody reads along, unless it is asked for")
    func captured() throws {
        #expect(try Self.errors(["serve"]) == ["info: served 1 answer, 0 misses"])
        let asked = try Self.errors(["serve", "--log-level", "info"])
        #expect(asked.count == 2)
        #expect(asked.first?.contains(" 200 POST /chat/completions openai/gpt-4o-mini synthetic ") == true, "\(asked)")
        #expect(try Self.errors(["serve", "--quiet"]).isEmpty)
    }

    @Test("tells of misses, and in the end what was never used")
    func unused() throws {
        let folder = try TemporaryFolder()
        let example = SimulatorProcess.packageFolder.appendingPathComponent("cassettes/example.cassette")
        let lines = try Self.errors(["replay", "--cassette", example.path, "--log-level", "info"])
        #expect(lines.contains { $0.contains(" 404 MISS POST /chat/completions openai/gpt-4o-mini") }, "\(lines)")
        #expect(lines.contains { $0.hasPrefix("warning: ") })
        #expect(lines.contains { $0.hasPrefix("info: served 1 answer, 1 miss, 10 unused recordings") }, "\(lines)")
        #expect(lines.contains { $0.hasPrefix("info: never played: ") && $0.contains("example.cassette #1, ") })
        try "name: a\nrules: [{ match: { call: 9 }, respond: { text: x } }]".write(
            toFile: folder.path("a.yaml"),
            atomically: true,
            encoding: .utf8
        )
        let rules = try Self.errors(["serve", folder.path("a.yaml")])
        #expect(rules == ["info: served 1 answer, 0 misses, 1 unused rule", "info: never matched: a:2"])
    }
}

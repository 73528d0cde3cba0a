import Foundation
import TestSupport
import Testing

/// What real SDKs do with the built-in scenarios: exceptions, texts, retries, timeouts, and streams that are left.
@Suite("Built-in scenarios and SDKs")
struct ScenarioSDKTests {
    private struct Line: Decodable {
        var check: String
    }

    private struct Listed: Decodable {
        var name: String
    }

    @Test("Every one with the OpenAI SDK")
    func openAI() throws {
        let checked = try Self.checks(of: "openai_scenarios")
        let listing = try SimulatorProcess.run(["scenario", "list", "--json"])
        let names = try JSONDecoder().decode([Listed].self, from: Data(listing.output.utf8)).map(\.name)
        #expect(names.count >= 32)
        #expect(Set(checked) == Set(names))
    }

    @Test("Some with the SDKs of Anthropic and OpenRouter", arguments: ["anthropic_scenarios", "openrouter_scenarios"])
    func others(script: String) throws {
        #expect(try Self.checks(of: script).count > 10)
    }

    @Test("A stream that is left is in the journal within 100 ms, and its bill stops where the provider can be stopped")
    func cancelled() throws {
        #expect(try Self.checks(of: "cancelled_streams") == ["OpenAI", "Anthropic", "Amazon-Bedrock"])
    }

    /// Runs all checks of a script and names them.
    private static func checks(of script: String) throws -> [String] {
        let server = try SimulatorProcess(["serve"])
        defer { server.stop() }
        let outcome = try PythonClient(script).run(baseURL: server.baseURL)
        #expect(outcome.status == 0, "\(outcome.errors)\(server.errors)")
        return try outcome.output.split(separator: "\n").map {
            try JSONDecoder().decode(Line.self, from: Data($0.utf8)).check
        }
    }
}

internal import Foundation
internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes
internal import Testing
internal import YAMLDocuments

@testable internal import Scenarios

@Suite("Built-in scenarios")
struct BuiltInScenarioTests {
    /// The names of PRODUCT.md, section 4, in its order.
    private static let names = [
        "ok", "keep-alive", "keep-alive-flood", "slow-first-token", "rate-limited-then-ok",
        "rate-limited-no-retry-after", "free-daily-limit", "out-of-credits", "invalid-key", "moderation",
        "guardrail-block", "provider-fallback", "model-fallback", "all-providers-down", "no-endpoints",
        "context-length", "mid-stream-error", "error-in-200", "cut-after-first-token", "reset-mid-stream",
        "stall-mid-stream", "no-done", "linger-after-done", "html-502", "empty-body", "usage-empty-choices",
        "tool-call-then-answer", "parallel-tool-calls", "reasoning", "refusal", "length", "warmup-no-content",
    ]

    @Test("The library has the names that are promised")
    func library() {
        #expect(BuiltInScenarios.files.map(\.name) == Self.names)
    }

    @Test("Each file is read without errors or warnings, has its file's name, and says what it does", arguments: names)
    func reading(name: String) throws {
        let bytes = try #require(BuiltInScenarios.files.first { $0.name == name }).bytes
        let reading = ScenarioReader.read(bytes, file: "\(name).yaml")
        #expect(reading.errors.map(\.description) == [])
        #expect(reading.warnings.map(\.description) == [])
        let scenario = try #require(reading.scenario)
        #expect(scenario.name == name)
        #expect(scenario.description.hasSuffix("."))
    }

    @Test("What is embedded is what is in the folder, all of it")
    func folder() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../scenarios").standardizedFileURL
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".yaml") }
        #expect(Set(files) == Set(BuiltInScenarios.files.map { "\($0.name).yaml" }))
        for (name, bytes) in BuiltInScenarios.files {
            #expect(try Data(contentsOf: folder.appending(path: "\(name).yaml")) == Data(bytes))
        }
    }

    @Test("Scenarios are found by name, and a name that is nearly one leads to it")
    func lookup() {
        #expect(BuiltInScenarios.named("ok")?.file == "built-in/ok.yaml")
        #expect(BuiltInScenarios.named("okay") == nil)
        #expect(BuiltInScenarios.nearestName(to: "rate-limited-then-okay") == "rate-limited-then-ok")
    }

    @Test("Each decides about the first request of each API that speaks in text", arguments: names)
    func everyAPI(name: String) throws {
        let scenario = try #require(BuiltInScenarios.named(name))
        for path in ["/chat/completions", "/completions", "/responses", "/messages"] {
            var progress = ScenarioProgress()
            var generator = SeededGenerator(seed: 0)
            let request = ScenarioRequest.make(path: "/api/v1" + path)
            let decision = scenario.decision(for: request, progress: &progress, generator: &generator)
            let response = try #require(decision).response
            if case .pass = response { Issue.record("\(path) is left to others") }
        }
    }

    @Test("Other requests than inference are left alone, but for a key that is unknown and a proxy in front")
    func platform() {
        for scenario in BuiltInScenarios.all {
            var progress = ScenarioProgress()
            var generator = SeededGenerator(seed: 0)
            let request = ScenarioRequest.make("{}", path: "/api/v1/models", method: .get)
            let decision = scenario.decision(for: request, progress: &progress, generator: &generator)
            #expect((decision != nil) == ["invalid-key", "html-502"].contains(scenario.name), "\(scenario.name)")
        }
    }

    @Test("Midnight is filled into header field and body of the daily limit")
    func dailyLimit() throws {
        var progress = ScenarioProgress()
        var generator = SeededGenerator(seed: 0)
        let request = ScenarioRequest.make(milliseconds: 1_767_300_000_123)
        let decision = BuiltInScenarios.named("free-daily-limit")?
            .decision(for: request, progress: &progress, generator: &generator)
        guard case .error(let error)? = decision?.response else {
            Issue.record("no error")
            return
        }
        #expect(error.fields.last == ScriptedField("X-RateLimit-Reset", "1767312000000"))
        #expect(error.metadata["headers"]?.members?["X-RateLimit-Reset"] == "1767312000000")
    }
}

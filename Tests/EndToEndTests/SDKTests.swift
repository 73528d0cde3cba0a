import Foundation
import TestSupport
import Testing

/// The official SDKs must not be able to tell.
@Suite("Official Python SDKs")
struct SDKTests {
    static let checks: [(script: String, check: String)] =
        ["chat", "stream", "tools", "json_schema", "models", "errors", "key"].map { ("openai_sdk", $0) }
        + ["chat", "stream", "tools", "json_schema", "models", "errors", "account"].map { ("openrouter_sdk", $0) }

    @Test("against serve, recorded through record, and replayed with the upstream gone", arguments: checks)
    func servedRecordedReplayed(script: String, check: String) throws {
        let folder = try TemporaryFolder()
        let cassette = folder.path("session.cassette")
        let upstream = try SimulatorProcess(["serve"])
        defer { upstream.stop() }
        let recorder = try SimulatorProcess([
            "record", "--cassette", cassette, "--upstream", upstream.baseURL,
        ])
        defer { recorder.stop() }

        let recorded = try PythonClient.run(script, check, baseURL: recorder.baseURL)
        #expect(recorded.status == 0, "\(recorded.errors)")
        #expect(recorder.stop().status == 0)
        #expect(upstream.stop().status == 0)

        let replayer = try SimulatorProcess(["replay", "--cassette", cassette])
        defer { replayer.stop() }
        let replayed = try PythonClient.run(script, check, baseURL: replayer.baseURL)
        #expect(replayed.status == 0, "\(replayed.errors)\(replayer.errors)")
        #expect(replayed.output == recorded.output)
        #expect(!replayer.stop().errors.contains("miss:"))
    }

    @Test("against the fake alone", arguments: checks)
    func served(script: String, check: String) throws {
        let server = try SimulatorProcess(["serve"])
        defer { server.stop() }
        let outcome = try PythonClient.run(script, check, baseURL: server.baseURL)
        #expect(outcome.status == 0, "\(outcome.errors)")
    }

    @Test("replay the example cassette that is checked in")
    func exampleCassette() throws {
        let replayer = try SimulatorProcess([
            "replay", "--cassette", SimulatorProcess.packageFolder.appendingPathComponent("cassettes").path,
        ])
        defer { replayer.stop() }
        for (script, check) in Self.checks where check == "chat" || check == "stream" || check == "tools" {
            let outcome = try PythonClient.run(script, check, baseURL: replayer.baseURL)
            #expect(outcome.status == 0, "\(script) \(check): \(outcome.errors)\(replayer.errors)")
        }
    }
}

import Foundation
import TestSupport
import Testing

/// The official SDKs must not be able to tell.
@Suite("Official Python SDKs")
struct SDKTests {
    static let clients = [PythonClient("openai_sdk"), PythonClient("openrouter_sdk")]

    @Test("served, recorded, and replayed with the upstream gone", arguments: clients)
    func servedRecordedReplayed(client: PythonClient) throws {
        try client.expectSameServedRecordedReplayed()
    }

    @Test("replay the example cassette that is checked in", arguments: clients)
    func exampleCassette(client: PythonClient) throws {
        let replayer = try SimulatorProcess([
            "replay", "--cassette", SimulatorProcess.packageFolder.appendingPathComponent("cassettes").path,
        ])
        defer { replayer.stop() }
        let outcome = try client.run(["chat", "stream", "tools"], baseURL: replayer.baseURL)
        #expect(outcome.status == 0, "\(outcome.errors)\(replayer.errors)")
    }
}

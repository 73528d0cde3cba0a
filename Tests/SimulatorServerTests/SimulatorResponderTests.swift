import HTTPTypes
import Logging
import NIOCore
import OpenRouterAPI
import Playback
import Simulation
import Tapes
import Testing

@testable import SimulatorServer

@Suite("Simulator responder")
struct SimulatorResponderTests {
    @Test(
        "Errors of the server's own have the shape of the API that was called",
        arguments: [
            ("/api/v1/messages", ["type", "error", "request_id", "metadata"]), ("/api/v1/chat/completions", ["error"]),
            ("/elsewhere", ["error"]),
        ]
    )
    func skins(path: String, members: [String]) async throws {
        let exchange = await Station(missPolicy: .fail).ask(path, "{}")
        #expect(exchange.status == 404)
        let found = try exchange.json().members.map(\.key)
        #expect(found == members, "\(exchange.text)")
    }
}

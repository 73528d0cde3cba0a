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
    private static let responder: SimulatorResponder = {
        let world = World(seed: 0, clock: .fixed(1_790_000_000_000_000), systemTime: { 0 })
        let metrics = Metrics()
        let logger = Logger(label: "test")
        let status = ServerStatus(mode: "replay", recordingCount: 0)
        return SimulatorResponder(
            simulator: Simulator(),
            world: world,
            sources: [],
            missPolicy: .fail,
            timing: .instant,
            metrics: metrics,
            control: ControlAPI(world: world, metrics: metrics, status: status, logger: logger),
            logger: logger
        )
    }()

    @Test(
        "Errors of the server's own have the shape of the API that was called",
        arguments: [
            ("/api/v1/messages", ["type", "error", "request_id"]), ("/api/v1/chat/completions", ["error"]),
            ("/elsewhere", ["error"]),
        ]
    )
    func skins(path: String, members: [String]) throws {
        let request = Request(method: .post, target: RequestTarget(path))
        let tape = Self.responder.tape(of: APIError(status: 404, message: "No recording"), answering: request)
        let body = try JSONDocument(parsing: tape.body.readableBytesView).root
        #expect(body.members.map(\.key) == members)
    }
}

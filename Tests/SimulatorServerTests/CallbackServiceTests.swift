import HTTPTypes
import Logging
import Simulation
import Synchronization
import Tapes
import Testing

@testable import SimulatorServer

@Suite("Callbacks")
struct CallbackServiceTests {
    /// Answers posts with these statuses, one after the other.
    private final class Client: Sendable {
        private let statuses: Mutex<[Int?]>
        private let received = Mutex<[[UInt8]]>([])

        init(_ statuses: [Int?]) {
            self.statuses = Mutex(statuses)
        }

        var bodies: [[UInt8]] { received.withLock { $0 } }

        func post(_ body: [UInt8]) throws -> Int {
            received.withLock { $0.append(body) }
            guard let status = statuses.withLock({ $0.removeFirst() }) else { throw Refused() }
            return status
        }

        struct Refused: Error {}
    }

    private func deliver(to text: String, _ client: Client) async throws {
        let callback = Callback(url: try #require(AbsoluteURL(text)), fields: [:], body: [1, 2])
        let world = World(clock: .fixed(0), systemTime: { 0 })
        let service = CallbackService(worlds: { [world] }, logger: Logger(label: "test"), pauses: [.zero, .zero])
        await service.deliver(callback) { try client.post($0.body) }
    }

    @Test("A client that takes it gets it once")
    func once() async throws {
        let client = Client([204])
        try await deliver(to: "http://127.0.0.1:9/hook", client)
        #expect(client.bodies == [[1, 2]])
    }

    @Test(
        "A client that fails gets it again, three times at most",
        arguments: [[500, nil, 200], [nil, 404, 302, 200]]
    )
    func again(statuses: [Int?]) async throws {
        let client = Client(statuses)
        try await deliver(to: "http://localhost:9/hook", client)
        #expect(client.bodies.count == 3)
    }

    @Test("Another machine gets nothing", arguments: ["https://example.com/hook", "https://127.0.0.1.example.com/"])
    func elsewhere(url: String) async throws {
        let client = Client([200])
        try await deliver(to: url, client)
        #expect(client.bodies.isEmpty)
    }
}

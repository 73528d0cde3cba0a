internal import SimulatorServer
internal import Synchronization

/// A server that is bound, and the names of worlds that it has given out.
final class RunningServer: Sendable {
    let server: EmbeddedServer
    let binding: ServerApplication.Binding
    private let names = Mutex<[String: Int]>([:])

    init(_ server: EmbeddedServer, at binding: ServerApplication.Binding) {
        self.server = server
        self.binding = binding
    }

    /// A name that was not given out before: the wish itself, then with a number.
    func freshName(_ wish: String) -> String {
        let count = names.withLock { names in
            names[wish, default: 0] += 1
            return names[wish, default: 1]
        }
        return count == 1 ? wish : "\(wish).\(count)"
    }

    func makeWorld(_ name: String, _ settings: WorldSettings) async throws(SimulatorError) -> Simulator {
        try await ControlClient(server: server, world: name).create(settings)
        return Simulator(self, worldName: name)
    }
}

extension EmbeddedServer {
    /// Opens what the settings name.
    static func open(_ settings: Settings) throws(SimulatorError) -> EmbeddedServer {
        do {
            return try EmbeddedServer(settings)
        } catch {
            throw SimulatorError(.cannotStart, "\(error)", cause: error)
        }
    }
}

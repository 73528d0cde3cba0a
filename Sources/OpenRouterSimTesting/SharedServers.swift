internal import SimulatorServer

/// The servers that tests with the trait share: one for each cassette and way of playing.
///
/// They run until the process ends, since nobody knows which test is the last.
actor SharedServers {
    static let all = SharedServers()

    private var servers: [EmbeddedServer.Settings: Task<RunningServer, any Error>] = [:]

    /// The server of these settings, started now if there is none.
    ///
    /// - Throws: ``SimulatorError`` when it cannot be started.
    func server(_ settings: EmbeddedServer.Settings) async throws -> RunningServer {
        if let known = servers[settings] { return try await known.value }
        // Detached: a test must not lend its limits, its issues and its task-local values to those that come later.
        let starting = Task.detached { try await Self.start(settings) }
        servers[settings] = starting
        do {
            return try await starting.value
        } catch {
            servers[settings] = nil
            throw error
        }
    }

    private static func start(_ settings: EmbeddedServer.Settings) async throws -> RunningServer {
        let server = try EmbeddedServer.open(settings)
        let (bindings, ready) = AsyncThrowingStream.makeStream(of: ServerApplication.Binding.self)
        // Detached: it outlives the test that was the first to ask, see above.
        Task.detached {
            do {
                try await server.run { ready.yield($0) }
                ready.finish()
            } catch {
                ready.finish(throwing: SimulatorError(.cannotStart, "\(error)", cause: error))
            }
        }
        for try await binding in bindings { return RunningServer(server, at: binding) }
        throw SimulatorError(.cannotStart, "the server stopped before its port was bound")
    }
}

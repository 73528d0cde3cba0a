internal import ServiceLifecycle

/// Something that runs beside a server, from when it is bound; when it ends, the server stops.
package struct Companion: Sendable {
    package typealias Binding = ServerApplication.Binding

    let run: @Sendable (Binding) async throws -> Void
    let stop: @Sendable () -> Void

    /// - Parameters:
    ///   - run: the work; an error stops the server too.
    ///   - stop: called when the server is told to stop first; has to make the work end.
    package init(run: @escaping @Sendable (Binding) async throws -> Void, stop: @escaping @Sendable () -> Void) {
        self.run = run
        self.stop = stop
    }
}

/// A companion in the group of services.
struct CompanionService: Service {
    private let companion: Companion
    private let bindings: AsyncStream<ServerApplication.Binding>
    private let input: AsyncStream<ServerApplication.Binding>.Continuation

    init(_ companion: Companion) {
        self.companion = companion
        (bindings, input) = AsyncStream.makeStream()
    }

    func start(_ binding: ServerApplication.Binding) {
        input.yield(binding)
        input.finish()
    }

    func run() async throws {
        try await withGracefulShutdownHandler {
            for await binding in bindings {
                try await companion.run(binding)
            }
        } onGracefulShutdown: {
            input.finish()
            companion.stop()
        }
    }
}

internal import NIOCore
internal import NIOPosix
internal import Playback
internal import Synchronization
internal import Tapes

/// The pipeline under test on a port of its own, set up as Hummingbird's listener does it.
final class PlaybackServer: Sendable {
    let port: Int
    private let listener: any Channel
    private let connections: Connections

    private final class Connections: Sendable {
        let channels = Mutex<[any Channel]>([])
        private let arrivals: AsyncStream<Void>
        private let arrival: AsyncStream<Void>.Continuation

        init() {
            (arrivals, arrival) = AsyncStream.makeStream()
        }

        func add(_ channel: any Channel) {
            channels.withLock { $0.append(channel) }
            arrival.yield()
        }

        /// Waits until so many connections have been accepted.
        func wait(for count: Int) async -> [any Channel] {
            var iterator = arrivals.makeAsyncIterator()
            while channels.withLock({ $0.count }) < count, await iterator.next() != nil {}
            return channels.withLock { $0 }
        }
    }

    /// Runs a body against a listening server.
    static func run<Value: Sendable>(
        _ responder: any Responder = StubResponder.echo(),
        configuration: PlaybackConfiguration = .patient,
        _ body: @Sendable (PlaybackServer) async throws -> Value
    ) async throws -> Value {
        let connections = Connections()
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 256)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try PlaybackPipeline.configure(channel, configuration: configuration, responder: responder)
                    connections.add(channel)
                }
            }
            .bind(host: "127.0.0.1", port: 0)
            .get()
        let server = PlaybackServer(listener: listener, connections: connections)
        do {
            let value = try await body(server)
            await server.stop()
            return value
        } catch {
            await server.stop()
            throw error
        }
    }

    private init(listener: any Channel, connections: Connections) {
        self.listener = listener
        self.connections = connections
        port = listener.localAddress?.port ?? 0
    }

    private func stop() async {
        try? await listener.close()
        for channel in connections.channels.withLock({ $0 }) { channel.close(promise: nil) }
    }

    func connect(receiveBufferByteCount: CInt? = nil) throws -> RawClient {
        try RawClient(port: port, receiveBufferByteCount: receiveBufferByteCount)
    }

    /// Tells every connection that the server is stopping, as Hummingbird's listener does.
    ///
    /// - Parameter count: how many connections there are.
    func drain(_ count: Int = 1) async {
        for channel in await connections.wait(for: count) {
            channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        }
    }

    /// Waits until the first connection is gone on this side.
    func connectionIsClosed() async throws {
        try await connections.wait(for: 1)[0].closeFuture.get()
    }

    /// Bytes of the first connection that the kernel has not taken.
    func pendingByteCount() async throws -> Int {
        try await connections.wait(for: 1)[0].getOption(.bufferedWritableBytes).get()
    }
}

extension PlaybackConfiguration {
    /// For tests of anything but limits of time: a client on a machine that has more to do is late.
    static var patient: PlaybackConfiguration {
        var configuration = PlaybackConfiguration()
        configuration.headTimeout = .minutes(10)
        configuration.bodyTimeout = .minutes(10)
        configuration.lingerLimit = .minutes(1)
        return configuration
    }
}

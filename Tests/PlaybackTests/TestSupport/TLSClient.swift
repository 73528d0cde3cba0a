internal import NIOCore
internal import NIOPosix
internal import NIOSSL

/// A TLS client that tells a close_notify from a cut and from a reset.
final class TLSClient: Sendable {
    enum End: String, Sendable {
        case closeNotify
        case cut
        case reset
        case other
    }

    private enum Event: Sendable {
        case bytes([UInt8])
        case end(End)
    }

    private let channel: any Channel
    private let events: AsyncStream<Event>

    init(port: Int, protocols: [String] = []) async throws {
        var settings = TLSConfiguration.makeClientConfiguration()
        // The certificate is the test's own.
        settings.certificateVerification = .none
        settings.applicationProtocols = protocols
        let tls = try NIOSSLContext(configuration: settings)
        let (events, input) = AsyncStream.makeStream(of: Event.self)
        self.events = events
        channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connectTimeout(.seconds(Int64(RawClient.timeoutSeconds)))
            .channelOption(.allowRemoteHalfClosure, value: true)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let operations = channel.pipeline.syncOperations
                    try operations.addHandler(NIOSSLClientHandler(context: tls, serverHostname: nil))
                    try operations.addHandler(Collector(input: input))
                }
            }
            .connect(host: "127.0.0.1", port: port)
            .get()
    }

    func send(_ text: String) async throws {
        try await channel.writeAndFlush(ByteBuffer(string: text))
    }

    func receiveToEnd() async -> (bytes: [UInt8], end: End) {
        var all: [UInt8] = []
        for await event in events {
            switch event {
            case .bytes(let bytes): all += bytes
            case .end(let end): return (all, end)
            }
        }
        return (all, .other)
    }

    func close() {
        channel.close(promise: nil)
    }

    private final class Collector: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let input: AsyncStream<Event>.Continuation

        init(input: AsyncStream<Event>.Continuation) {
            self.input = input
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            input.yield(.bytes(Array(unwrapInboundIn(data).readableBytesView)))
        }

        func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
            if case ChannelEvent.inputClosed = event { input.yield(.end(.closeNotify)) }
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            switch error {
            case NIOSSLError.uncleanShutdown: input.yield(.end(.cut))
            case let error as IOError where error.errnoCode == connectionReset: input.yield(.end(.reset))
            default: input.yield(.end(.other))
            }
        }

        func channelInactive(context: ChannelHandlerContext) {
            input.yield(.end(.other))
        }
    }
}

internal import Launching
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix

/// `bare-responder --answer FILE [--port N] [--loops N]`: the least that NIO can do for an HTTP answer.
///
/// What our server is measured against: the same parser and the same bytes out, and nothing else.
@main
struct BareResponder {
    static func main() async {
        do {
            let options = try Options(CommandLine.arguments.dropFirst(), known: ["answer", "port", "loops"])
            let answer = try ByteBuffer(contentsOf: options.string("answer"))
            let group = MultiThreadedEventLoopGroup(numberOfThreads: try options.number("loops", default: 2))
            let listener = try await bind(answer, port: options.number("port", default: 0), group: group)
            Output.ready(port: listener.localAddress?.port ?? 0)
            try await listener.closeFuture.get()
        } catch {
            Output.fail(error)
        }
    }

    /// Socket options are those of Hummingbird's listener, which our server uses.
    private static func bind(
        _ answer: ByteBuffer,
        port: Int,
        group: MultiThreadedEventLoopGroup
    ) async throws -> any Channel {
        try await ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.addHandler(
                        ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes))
                    )
                    try pipeline.addHandler(FixedAnswerHandler(answer))
                }
            }
            .bind(host: "127.0.0.1", port: port)
            .get()
    }
}

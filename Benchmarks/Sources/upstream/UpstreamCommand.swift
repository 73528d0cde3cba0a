internal import Launching
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix

/// `upstream [--port N] [--loops N]`: stands in for the real API while a cassette is recorded.
///
/// What it answers follows from the model in the request, see ``UpstreamAnswer``.
@main
struct UpstreamCommand {
    static func main() async {
        do {
            let options = try Options(CommandLine.arguments.dropFirst(), known: ["port", "loops"])
            let group = MultiThreadedEventLoopGroup(numberOfThreads: try options.number("loops", default: 2))
            let listener = try await ServerBootstrap(group: group)
                .serverChannelOption(.backlog, value: 1024)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let pipeline = channel.pipeline.syncOperations
                        try pipeline.addHandler(
                            ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes))
                        )
                        try pipeline.addHandler(UpstreamHandler())
                    }
                }
                .bind(host: "127.0.0.1", port: options.number("port", default: 0))
                .get()
            Output.ready(port: listener.localAddress?.port ?? 0)
            try await listener.closeFuture.get()
        } catch {
            Output.fail(error)
        }
    }
}

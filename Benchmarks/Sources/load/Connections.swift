internal import NIOCore
internal import NIOPosix

/// Opens connections on the loopback interface.
enum Connections {
    static func open(
        _ count: Int,
        port: Int,
        expectation: AnswerReader.Expectation,
        on eventLoop: any EventLoop
    ) async throws -> NIOLoopBound<[ExchangeHandler]> {
        let bootstrap = ClientBootstrap(group: eventLoop)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            // One read takes what the server has sent, so that long answers do not cost the client many.
            .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 128 * 1024))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(ExchangeHandler(expectation))
                }
            }
        var channels: [any Channel] = []
        for _ in 0..<count {
            channels.append(try await bootstrap.connect(host: "127.0.0.1", port: port).get())
        }
        return try await eventLoop.submit { [channels] in
            let handlers = try channels.map { try $0.pipeline.syncOperations.handler(type: ExchangeHandler.self) }
            return NIOLoopBound(handlers, eventLoop: eventLoop)
        }.get()
    }
}

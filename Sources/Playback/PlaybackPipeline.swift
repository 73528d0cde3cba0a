package import NIOCore
internal import NIOHTTP1
internal import NIOHTTPCompression
internal import NIOSSL

/// The handlers of one connection, from the socket up.
package enum PlaybackPipeline {
    /// Adds the handlers.
    ///
    /// Call on the channel's event loop, before it is active.
    ///
    /// - Throws: what NIO throws when the channel is already closed.
    package static func configure(
        _ channel: any Channel,
        configuration: PlaybackConfiguration,
        responder: any Responder
    ) throws {
        let clock = ConnectionClock(configuration: configuration)
        let pipeline = channel.pipeline.syncOperations
        let player = PlayerHandler(clock: clock, lingerLimit: configuration.lingerLimit)
        let timeouts = RequestTimeoutHandler(clock: clock)
        try pipeline.addHandler(ConnectionFaultHandler())
        if let tls = configuration.tls {
            try pipeline.addHandler(NIOSSLServerHandler(context: tls))
        }
        try pipeline.addHandler(player)
        try pipeline.addHandler(timeouts)
        guard configuration.offersHTTP2 else {
            return try speakHTTP1(on: channel, clock, configuration: configuration, responder: responder)
        }
        try pipeline.addHandler(
            ProtocolDetector { channel, version in
                switch version {
                case .http1:
                    try speakHTTP1(on: channel, clock, configuration: configuration, responder: responder)
                case .http2:
                    try speakHTTP2(
                        on: channel,
                        insteadOf: [player, timeouts],
                        configuration: configuration,
                        responder: responder
                    )
                }
            }
        )
    }

    private static func speakHTTP1(
        on channel: any Channel,
        _ clock: ConnectionClock,
        configuration: PlaybackConfiguration,
        responder: any Responder
    ) throws {
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderFieldSize = configuration.headByteLimit
        limits.maxHeaderListSize = configuration.headByteLimit
        limits.maxHeaderFieldCount = 1000
        let pipeline = channel.pipeline.syncOperations
        let assembler = RequestAssembler(bodyByteLimit: configuration.bodyByteLimit, clock: clock)
        try pipeline.addHandler(
            RepeatedHeadHandler(assembler: assembler, bodyByteLimit: configuration.bodyByteLimit)
        )
        try pipeline.addHandler(
            ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes, limitConfiguration: limits))
        )
        try pipeline.addHandler(NIOHTTPRequestDecompressor(limit: .size(configuration.bodyByteLimit)))
        try pipeline.addHandler(assembler)
        try pipeline.addHandler(
            AnsweringHandler(responder: responder, clock: clock, pipelineLimit: configuration.pipelineLimit)
        )
    }
}

internal import NIOCore
internal import NIOHPACK
internal import NIOHTTP1
internal import NIOHTTP2

extension PlaybackPipeline {
    /// Adds the handlers of HTTP/2.
    ///
    /// - Parameters:
    ///   - channel: an active connection.
    ///   - replaced: what is of HTTP/1 among its handlers.
    ///   - configuration: limits and times.
    ///   - responder: who answers.
    /// - Throws: what NIO throws when the channel is already closed.
    static func speakHTTP2(
        on channel: any Channel,
        insteadOf replaced: [any RemovableChannelHandler],
        configuration: PlaybackConfiguration,
        responder: any Responder
    ) throws {
        let pipeline = channel.pipeline.syncOperations
        for handler in replaced { pipeline.removeHandler(handler, promise: nil) }
        let lifetime = NIOHTTP2ServerConnectionManagementHandler(
            eventLoop: channel.eventLoop,
            configuration: .init(
                maxIdleTime: configuration.idleTimeout,
                maxAge: nil,
                // Who listens limits the time that draining takes.
                maxGraceTime: nil,
                // A tape that is silent is to be silent.
                keepalive: nil
            )
        )
        let streams = StreamRegister(listener: lifetime.http2StreamDelegate)
        try pipeline.addHandler(ConnectionEndHandler(streams: streams, lingerLimit: configuration.lingerLimit))
        try pipeline.addHandler(
            NIOHTTP2Handler(
                mode: .server,
                eventLoop: channel.eventLoop,
                connectionConfiguration: connectionConfiguration(configuration),
                streamConfiguration: streamConfiguration(configuration),
                streamDelegate: streams,
                inboundStreamInitializer: { stream in
                    stream.eventLoop.makeCompletedFuture {
                        try configureStream(stream, configuration: configuration, responder: responder)
                    }
                }
            )
        )
        try pipeline.addHandler(lifetime)
        // The connection has been active for long; without this a client that opens no stream would never be idle.
        lifetime.channelActive(context: try pipeline.context(handler: lifetime))
    }

    private static func configureStream(
        _ stream: any Channel,
        configuration: PlaybackConfiguration,
        responder: any Responder
    ) throws {
        // Times of a stream are kept by its decoder, those of the connection by swift-nio-http2.
        let clock = ConnectionClock(configuration: configuration)
        let pipeline = stream.pipeline.syncOperations
        try pipeline.addHandler(StreamPlayerHandler())
        try pipeline.addHandler(StreamRequestDecoder(configuration: configuration))
        try pipeline.addHandler(RequestAssembler(bodyByteLimit: configuration.bodyByteLimit, clock: clock))
        try pipeline.addHandler(
            AnsweringHandler(
                responder: responder,
                clock: clock,
                pipelineLimit: configuration.pipelineLimit,
                isStream: true
            )
        )
    }

    private static func connectionConfiguration(
        _ configuration: PlaybackConfiguration
    ) -> NIOHTTP2Handler.ConnectionConfiguration {
        var connection = NIOHTTP2Handler.ConnectionConfiguration()
        connection.initialSettings = [
            HTTP2Setting(parameter: .maxConcurrentStreams, value: configuration.streamLimit),
            // Heads that are too large for us, but not for this, are answered with 431.
            HTTP2Setting(parameter: .maxHeaderListSize, value: 2 * configuration.headByteLimit),
            HTTP2Setting(parameter: .initialWindowSize, value: streamWindowByteCount),
        ]
        connection.targetWindowSize = 4 * streamWindowByteCount
        // A wrong length is a fault that can be asked for; those of requests are looked at by the decoder.
        connection.contentLengthValidation = .disabled
        connection.controlFrameRateLimit.maximumCount = configuration.controlFrameLimit
        connection.controlFrameRateLimit.windowLength = configuration.frameLimitWindow
        return connection
    }

    private static func streamConfiguration(
        _ configuration: PlaybackConfiguration
    ) -> NIOHTTP2Handler.StreamConfiguration {
        var stream = NIOHTTP2Handler.StreamConfiguration()
        stream.targetWindowSize = streamWindowByteCount
        // What a stream holds for a client that does not read, and so what a report counts too much for one that left.
        stream.outboundBufferSizeHighWatermark = 32 * 1024
        stream.outboundBufferSizeLowWatermark = 16 * 1024
        stream.streamResetFrameRateLimit.maximumCount = configuration.streamResetLimit
        stream.streamResetFrameRateLimit.windowLength = configuration.frameLimitWindow
        return stream
    }

    /// Bytes of a request's body that a client may send ahead.
    private static let streamWindowByteCount = 256 * 1024
}

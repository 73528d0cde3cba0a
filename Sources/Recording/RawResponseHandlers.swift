internal import NIOCore
internal import NIOHTTP1

/// What the handlers below and above the HTTP decoder of one connection share; lives on its loop.
final class ConnectionBytes {
    fileprivate var scanner = ResponseScanner()
    fileprivate var response = RawResponse()

    /// The response is over; the next bytes are another one's.
    fileprivate func reset() {
        scanner = ResponseScanner()
        response = RawResponse()
    }

    /// Puts the handlers around the decoder of a connection that the client library has set up.
    ///
    /// Call on the channel's event loop.
    static func install(on channel: any Channel, registry: RawResponseRegistry) throws {
        let pipeline = channel.pipeline.syncOperations
        let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPResponseDecoder>.self)
        let connection = ConnectionBytes()
        try pipeline.addHandler(RawScanningHandler(connection), position: .before(decoder))
        try pipeline.addHandler(RawTaggingHandler(connection, registry), position: .after(decoder))
    }
}

@available(*, unavailable)
extension ConnectionBytes: Sendable {}

/// Below the decoder: sees the raw bytes first.
private final class RawScanningHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let connection: ConnectionBytes

    init(_ connection: ConnectionBytes) {
        self.connection = connection
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        connection.response.noteRead(at: .now)
        unwrapInboundIn(data).withUnsafeReadableBytes { connection.scanner.scan($0, into: connection.response) }
        context.fireChannelRead(data)
    }

    // The moment at which the connection died is part of the recording too.

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        connection.response.noteRead(at: .now)
        context.fireErrorCaught(error)
    }

    func channelInactive(context: ChannelHandlerContext) {
        connection.response.noteRead(at: .now)
        context.fireChannelInactive()
    }
}

@available(*, unavailable)
extension RawScanningHandler: Sendable {}

/// Above the decoder: gives each head the number under which its raw response is found.
private final class RawTaggingHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias InboundOut = HTTPClientResponsePart

    private let connection: ConnectionBytes
    private let registry: RawResponseRegistry

    init(_ connection: ConnectionBytes, _ registry: RawResponseRegistry) {
        self.connection = connection
        self.registry = registry
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(var head) where head.status.code >= 200:
            head.headers.replaceOrAdd(
                name: RawResponseRegistry.fieldName,
                value: registry.register(connection.response)
            )
            context.fireChannelRead(wrapInboundOut(.head(head)))
        case .end:
            connection.reset()
            context.fireChannelRead(data)
        case .head, .body:
            context.fireChannelRead(data)
        }
    }
}

@available(*, unavailable)
extension RawTaggingHandler: Sendable {}

internal import NIOCore

/// Closes a connection of HTTP/2 once it has told its client of an error of the connection.
///
/// Such an error ends the connection after a GOAWAY with its code (RFC 9113 §5.4.1). swift-nio-http2 sends the frame,
/// reads no further and leaves closing to others; the error that it fires cannot be told from one of a single stream,
/// after which the connection goes on. So the frame is looked for among what leaves.
final class ConnectionErrorHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = IOData
    typealias OutboundOut = IOData

    private enum State {
        case sound
        /// The frame is written, but not flushed.
        case failed
        case closing
    }

    private enum FrameType {
        static let data = 0
        static let goAway = 7
    }

    /// Of a frame's header (RFC 9113 §4.1).
    private static let headerByteCount = 9

    /// Whether the next write is the payload of a DATA frame: it leaves apart from its header.
    private var isPayloadNext = false
    private var state = State.sound

    private let lingerLimit: TimeAmount

    /// - Parameter lingerLimit: how long a client may keep its half of the connection open after ours is closed.
    init(lingerLimit: TimeAmount) {
        self.lingerLimit = lingerLimit
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        // Closing with unread input would turn FIN into RST, which takes the GOAWAY from the client.
        if state == .sound { context.fireChannelRead(data) }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if state == .closing, case ChannelEvent.inputClosed = event { context.close(promise: nil) }
        context.fireUserInboundEventTriggered(event)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if isPayloadNext {
            isPayloadNext = false
        } else if case .byteBuffer(let bytes) = unwrapOutboundIn(data) {
            look(at: bytes)
        }
        context.write(data, promise: promise)
    }

    func flush(context: ChannelHandlerContext) {
        context.flush()
        guard state == .failed else { return }
        state = .closing
        context.close(mode: .output, promise: nil)
        let channel = context.channel
        let lingering = context.eventLoop.scheduleTask(in: lingerLimit) { channel.close(promise: nil) }
        channel.closeFuture.whenComplete { _ in lingering.cancel() }
    }

    private func look(at bytes: ByteBuffer) {
        guard bytes.readableBytes >= Self.headerByteCount else { return }
        let view = bytes.readableBytesView
        let length = view.prefix(3).reduce(0) { $0 << 8 | Int($1) }
        switch Int(view[view.startIndex + 3]) {
        case FrameType.data:
            isPayloadNext = length > 0 && bytes.readableBytes == Self.headerByteCount
        case FrameType.goAway:
            // After the header the last stream, then the code; 0 is a friendly goodbye.
            let code = view.dropFirst(Self.headerByteCount + 4).prefix(4)
            if state == .sound, code.contains(where: { $0 != 0 }) { state = .failed }
        default:
            break
        }
    }
}

@available(*, unavailable)
extension ConnectionErrorHandler: Sendable {}

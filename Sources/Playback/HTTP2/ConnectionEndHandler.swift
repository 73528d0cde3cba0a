internal import NIOCore

/// Ends a connection of HTTP/2 in order, and at once where the client has left.
///
/// An error of the connection ends it after a GOAWAY with its code (RFC 9113 §5.4.1), the server's wish to stop after
/// one without. swift-nio-http2 1.46 sends the frames; what it leaves to others is done here:
/// - After an error it reads no further, but does not close. The error that it fires cannot be told from one of a single
///   stream, after which the connection goes on, so the frame is looked for among what leaves.
/// - A client that has closed its half is not noticed. It can open no window and acknowledge nothing: it has left.
/// - A goodbye is followed by closing without a flush, which loses the second GOAWAY, and with frames unread, which turns
///   FIN into RST. The client may then lose the end of its answers.
/// - After a goodbye with no stream left, frames that are of no stream (WINDOW_UPDATE, an acknowledgement of SETTINGS)
///   count as errors of the client. They were on their way; the goodbye stays friendly.
/// - A client that does not acknowledge the PING that follows a goodbye is waited for without end.
final class ConnectionEndHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = IOData
    typealias OutboundOut = IOData

    private enum State {
        case open
        /// A GOAWAY without error is written: streams under way are played to their end.
        case goodbye
        /// The last frame is written, but not flushed.
        case ending
        /// Our half is closed.
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
    private var state = State.open

    private let streams: StreamRegister
    private let lingerLimit: TimeAmount

    /// - Parameters:
    ///   - streams: those of the connection.
    ///   - lingerLimit: how long a client may keep its half of the connection open after ours is closed, or leave a
    ///     goodbye without an answer.
    init(streams: StreamRegister, lingerLimit: TimeAmount) {
        self.streams = streams
        self.lingerLimit = lingerLimit
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch state {
        case .open, .goodbye: context.fireChannelRead(data)
        // Closing with unread input would turn FIN into RST, which takes the GOAWAY from the client.
        case .ending, .closing: break
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        context.fireUserInboundEventTriggered(event)
        if case ChannelEvent.inputClosed = event { context.close(promise: nil) }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard !isPayloadNext, case .byteBuffer(var bytes) = unwrapOutboundIn(data) else {
            isPayloadNext = false
            context.write(data, promise: promise)
            return
        }
        look(at: &bytes, context)
        context.write(wrapOutboundOut(.byteBuffer(bytes)), promise: promise)
    }

    func flush(context: ChannelHandlerContext) {
        context.flush()
        if case .ending = state { finish(context, promise: nil) }
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        guard case (.goodbye, .all) = (state, mode), streams.isEmpty else {
            context.close(mode: mode, promise: promise)
            return
        }
        context.flush()
        finish(context, promise: promise)
    }

    /// Notes what a frame means for the connection.
    private func look(at bytes: inout ByteBuffer, _ context: ChannelHandlerContext) {
        guard bytes.readableBytes >= Self.headerByteCount else { return }
        let view = bytes.readableBytesView
        let length = view.prefix(3).reduce(0) { $0 << 8 | Int($1) }
        switch Int(view[view.startIndex + 3]) {
        case FrameType.data:
            isPayloadNext = length > 0 && bytes.readableBytes == Self.headerByteCount
        case FrameType.goAway:
            // After the header the last stream, then the code; 0 is a friendly goodbye.
            let isError = view.dropFirst(Self.headerByteCount + 4).prefix(4).contains { $0 != 0 }
            switch state {
            case .open where !isError:
                state = .goodbye
                awaitAcknowledgement(context)
            case .goodbye where isError && streams.isEmpty:
                let start = bytes.readerIndex + Self.headerByteCount
                bytes.setInteger(UInt32(streams.last), at: start)
                bytes.setInteger(UInt32(0), at: start + 4)
                state = .ending
            case .open, .goodbye:
                if isError { state = .ending }
            case .ending, .closing:
                break
            }
        default:
            break
        }
    }

    private func awaitAcknowledgement(_ context: ChannelHandlerContext) {
        after(lingerLimit, context) { handler, context in
            if case .goodbye = handler.state, handler.streams.isEmpty { handler.finish(context, promise: nil) }
        }
    }

    /// Closes our half, and the other once the client has, or after a while.
    private func finish(_ context: ChannelHandlerContext, promise: EventLoopPromise<Void>?) {
        state = .closing
        if let promise { context.channel.closeFuture.cascade(to: promise) }
        context.close(mode: .output, promise: nil)
        after(lingerLimit, context) { _, context in context.close(promise: nil) }
    }

    private func after(
        _ delay: TimeAmount,
        _ context: ChannelHandlerContext,
        _ body: @escaping @Sendable (ConnectionEndHandler, ChannelHandlerContext) -> Void
    ) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let timer = context.eventLoop.scheduleTask(in: delay) { body(bound.value.0, bound.value.1) }
        context.channel.closeFuture.whenComplete { _ in timer.cancel() }
    }
}

@available(*, unavailable)
extension ConnectionEndHandler: Sendable {}

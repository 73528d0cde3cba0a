internal import HTTPTypes
internal import NIOCore
internal import NIOHPACK
internal import NIOHTTP2
internal import Tapes

/// Plays stream tapes on a stream of HTTP/2: what ``PlayerHandler`` is to a connection of HTTP/1.
///
/// The same commands and the same state machine; a write is a frame, and endings are those that a stream has. A stream
/// that stays full, since the client's window or the socket is, stops playing until there is room.
final class StreamPlayerHandler: ChannelDuplexHandler, TapePlayer {
    typealias InboundIn = HTTP2Frame.FramePayload
    typealias InboundOut = HTTP2Frame.FramePayload
    typealias OutboundIn = Never
    typealias OutboundOut = HTTP2Frame.FramePayload

    var machine = PlayerStateMachine()
    var current: AnswerUnderWay?
    /// What frames the current answer has besides those of its body.
    private var parts = StreamTape.Parts()
    var timer: NIOScheduledCallback?
    private(set) var context: ChannelHandlerContext?
    var isWriting = false
    /// Whether the client's last frame has come.
    private var isRequestComplete = false
    /// Whether the frame that ends the stream, or the wait before it, is under way: its promise reports the end.
    private var isEnding = false
    /// Done when what was written last has left.
    private var lastWrite: EventLoopFuture<Void>?

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        streamLost(.interrupted, now: context.eventLoop.now)
        self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .headers(let frame): isRequestComplete = frame.endStream
        case .data(let frame): isRequestComplete = frame.endStream
        default: break
        }
        context.fireChannelRead(data)
    }

    func channelInactive(context: ChannelHandlerContext) {
        streamLost(.cancelled, now: context.eventLoop.now)
        context.fireChannelInactive()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        writabilityChanged(context)
        context.fireChannelWritabilityChanged()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        // A stream owes its answer as long as it is open; only silence is cut short when the server stops.
        if event is ChannelShouldQuiesceEvent, machine.drain(isAnswerOwed: true) { conclude(.finish, context) }
        context.fireUserInboundEventTriggered(event)
    }

    func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
        guard let command = event as? PlayCommand else {
            context.triggerUserOutboundEvent(event, promise: promise)
            return
        }
        promise?.succeed()
        if accepts(command, context) { carryOut(command, context) }
    }
}

extension StreamPlayerHandler {
    /// A stream owes its answer as long as it is open.
    var isAnswerOwed: Bool { true }

    var isOpen: Bool { machine.isOpen && !isEnding }

    private func carryOut(_ command: PlayCommand, _ context: ChannelHandlerContext) {
        switch command.kind {
        case .tape(let wire, let start, let number, let played):
            machine.play(wire, start: start)
            parts = command.parts ?? StreamTape.Parts()
            current = AnswerUnderWay(wire: wire, number: number, start: start, played: played)
            advance(context)
        case .stored(let playback, let start, let number, let played):
            let opening = playback.opening
            machine.play(opening.wire, start: start, goesOn: !opening.isLast)
            parts = opening.parts
            current = AnswerUnderWay(
                wire: opening.wire,
                rest: opening.isLast ? nil : playback,
                number: number,
                start: start,
                played: played
            )
            advance(context)
        case .advance(let duration, let number):
            guard current?.number == number else { return }
            machine.advance(by: duration)
            advance(context)
        case .begin(_, let start, let played):
            machine.beginLive()
            parts = command.parts ?? StreamTape.Parts()
            current = AnswerUnderWay(start: start, played: played.succeed)
            for head in parts.heads { write(.headers(.init(headers: HPACKHeaders(head))), context) }
            current?.note(0, now: context.eventLoop.now)
            context.flush()
        case .send(let bytes):
            send(bytes, command.written, context)
        case .end(let ending, _):
            if let parts = command.parts { self.parts = parts }
            let conclusion = machine.endLive(ending, isPersistent: true, isAnswerOwed: true)
            if let conclusion { conclude(conclusion, context) }
        }
    }

    /// Sends bytes of a live answer; the promise waits until they have left, which is its back-pressure.
    private func send(
        _ bytes: ByteBuffer,
        _ promise: EventLoopPromise<Void>?,
        _ context: ChannelHandlerContext
    ) {
        current?.note(bytes.readableBytes, now: context.eventLoop.now)
        let written = context.eventLoop.makePromise(of: Void.self)
        lastWrite = written.futureResult
        written.futureResult.cascade(to: promise)
        context.writeAndFlush(wrapOutboundOut(.data(.init(data: .byteBuffer(bytes)))), promise: written)
    }

    func take(_ parts: StreamTape.Parts) {
        self.parts = parts
    }

    /// Writes one frame; the last one of a complete answer ends the stream, where nothing comes between.
    func write(_ index: Int, of wire: WireTape, _ context: ChannelHandlerContext) {
        let isLast = index == wire.writes.count - 1 && current?.rest == nil
        let endsStream = isLast && wire.ending == .complete && wire.endingGap == .zero && !parts.isInterim
        let payload: HTTP2Frame.FramePayload
        if index < parts.heads.count {
            payload = .headers(.init(headers: HPACKHeaders(parts.heads[index]), endStream: endsStream))
        } else if isLast, !parts.trailers.isEmpty {
            payload = .headers(.init(headers: HPACKHeaders(trailers: parts.trailers), endStream: endsStream))
        } else {
            payload = .data(.init(data: .byteBuffer(wire.writes[index].bytes), endStream: endsStream))
        }
        if endsStream {
            isEnding = true
            context.write(wrapOutboundOut(payload), promise: endPromise(context))
        } else if isLast, wire.ending != .complete {
            let written = context.eventLoop.makePromise(of: Void.self)
            lastWrite = written.futureResult
            context.write(wrapOutboundOut(payload), promise: written)
        } else {
            write(payload, context)
        }
    }

    private func write(_ payload: HTTP2Frame.FramePayload, _ context: ChannelHandlerContext) {
        context.write(wrapOutboundOut(payload), promise: nil)
    }

    func conclude(_ conclusion: PlayerStateMachine.Conclusion, _ context: ChannelHandlerContext) {
        switch conclusion {
        case .keepAlive where parts.isInterim:
            finishCurrent(.played, now: context.eventLoop.now)
        case .keepAlive:
            endStream(context)
        case .stall:
            // A tape that falls silent is played until somebody leaves; who sends a live one is told at once.
            if current?.wire == nil { finishCurrent(.played, now: context.eventLoop.now) }
        case .finish, .cut, .reset:
            isEnding = true
            // The frames of a stream that is reset are dropped: all must have left.
            let boundSelf = NIOLoopBound((self, context), eventLoop: context.eventLoop)
            (lastWrite ?? context.eventLoop.makeSucceededVoidFuture()).whenComplete { result in
                let (handler, context) = boundSelf.value
                switch result {
                case .success: handler.breakOff(conclusion, context)
                case .failure: handler.finishCurrent(.cancelled, now: context.eventLoop.now)
                }
            }
        }
    }

    /// Ends a complete answer whose last frame has not done it.
    private func endStream(_ context: ChannelHandlerContext) {
        guard !isEnding else { return }
        isEnding = true
        let trailers = current?.wire == nil ? parts.trailers : [:]
        let payload: HTTP2Frame.FramePayload =
            trailers.isEmpty
            ? .data(.init(data: .byteBuffer(ByteBuffer()), endStream: true))
            : .headers(.init(headers: HPACKHeaders(trailers: trailers), endStream: true))
        context.writeAndFlush(wrapOutboundOut(payload), promise: endPromise(context))
    }

    /// For the frame that ends the stream: the answer is played once it has left.
    private func endPromise(_ context: ChannelHandlerContext) -> EventLoopPromise<Void> {
        let boundSelf = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let promise = context.eventLoop.makePromise(of: Void.self)
        promise.futureResult.whenComplete { result in
            let (handler, context) = boundSelf.value
            guard case .success = result else {
                handler.finishCurrent(.cancelled, now: context.eventLoop.now)
                return
            }
            handler.finishCurrent(.played, now: context.eventLoop.now)
            // A client need not send the rest of a request that is answered (RFC 9113 §8.1).
            guard !handler.isRequestComplete, context.channel.isActive else { return }
            context.writeAndFlush(handler.wrapOutboundOut(.rstStream(.noError)), promise: nil)
        }
        return promise
    }

    private func breakOff(_ conclusion: PlayerStateMachine.Conclusion, _ context: ChannelHandlerContext) {
        let failure = parts.failure
        finishCurrent(.played, now: context.eventLoop.now)
        guard context.channel.isActive else { return }
        switch conclusion {
        case .reset:
            // Of the whole connection: no frame looks like a reset by the kernel.
            context.channel.parent?.triggerUserOutboundEvent(ConnectionFaultHandler.Fault.reset, promise: nil)
        case .cut:
            let frame: OutboundOut = failure == .malformed ? .rstStream(.protocolError) : .rstStream(.internalError)
            context.writeAndFlush(wrapOutboundOut(frame), promise: nil)
        case .finish, .keepAlive, .stall:
            context.writeAndFlush(wrapOutboundOut(.rstStream(.cancel)), promise: nil)
        }
    }

    private func streamLost(_ outcome: PlaybackReport.Outcome, now: NIODeadline) {
        cancelTimer()
        // The frame that ends a stream closes it before it has left.
        let wasPlaying = machine.closed()
        if wasPlaying, !isEnding { finishCurrent(outcome, now: now) }
    }
}

@available(*, unavailable)
extension StreamPlayerHandler: Sendable {}

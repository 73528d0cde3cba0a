internal import NIOCore
internal import Tapes

/// Plays wire tapes on a connection: a thin shell over ``PlayerStateMachine``.
///
/// Takes ``PlayCommand`` events from above. Undelayed writes leave with one flush; the next deadline is a scheduled
/// callback on the loop; a full socket stops playing until it drains. After an ending that closes, what the client
/// still sends is read and thrown away, because closing with unread input would turn FIN into RST.
final class PlayerHandler: ChannelDuplexHandler, RemovableChannelHandler, TapePlayer {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let clock: ConnectionClock

    /// How long a client may keep its half of the connection open after ours is closed.
    private let lingerLimit: TimeAmount
    var machine = PlayerStateMachine()
    var current: AnswerUnderWay?
    var timer: NIOScheduledCallback?
    private var lingering: Scheduled<Void>?
    private(set) var context: ChannelHandlerContext?
    private var isDiscardingInput = false
    var isWriting = false

    init(clock: ConnectionClock, lingerLimit: TimeAmount) {
        self.clock = clock
        self.lingerLimit = lingerLimit
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        connectionLost(.interrupted, now: context.eventLoop.now)
        self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isDiscardingInput else { return }
        context.fireChannelRead(data)
    }

    func channelInactive(context: ChannelHandlerContext) {
        connectionLost(.cancelled, now: context.eventLoop.now)
        context.fireChannelInactive()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        writabilityChanged(context)
        context.fireChannelWritabilityChanged()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case ChannelEvent.inputClosed:
            if machine.inputClosed(isAnswerOwed: isAnswerOwed) { context.close(promise: nil) }
        case is ChannelShouldQuiesceEvent:
            if machine.drain(isAnswerOwed: isAnswerOwed) { conclude(.finish, context) }
        default:
            break
        }
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

extension PlayerHandler {
    var isAnswerOwed: Bool { clock.owedAnswerCount > 0 }

    var isOpen: Bool { machine.isOpen }

    private func carryOut(_ command: PlayCommand, _ context: ChannelHandlerContext) {
        switch command.kind {
        case .tape(let wire, let start, let number, let played):
            clock.owedAnswerCount -= 1
            machine.play(wire, start: start)
            current = AnswerUnderWay(wire: wire, number: number, start: start, played: played)
            advance(context)
        case .stored(let playback, let start, let number, let played):
            clock.owedAnswerCount -= 1
            let opening = playback.opening
            machine.play(opening.wire, start: start, goesOn: !opening.isLast)
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
        case .begin(let head, let start, let played):
            clock.owedAnswerCount -= 1
            machine.beginLive()
            current = AnswerUnderWay(start: start, played: played.succeed)
            send(head, nil, context)
        case .send(let bytes):
            send(bytes, command.written, context)
        case .end(let ending, let isPersistent):
            let conclusion = machine.endLive(ending, isPersistent: isPersistent, isAnswerOwed: isAnswerOwed)
            if let conclusion { conclude(conclusion, context) }
        }
    }

    /// Sends bytes of a live answer; the promise waits for the kernel to take them, which is its back-pressure.
    private func send(
        _ bytes: ByteBuffer,
        _ promise: EventLoopPromise<Void>?,
        _ context: ChannelHandlerContext
    ) {
        current?.note(bytes.readableBytes, now: context.eventLoop.now)
        context.writeAndFlush(wrapOutboundOut(bytes), promise: promise)
    }

    func write(_ index: Int, of wire: WireTape, _ context: ChannelHandlerContext) {
        context.write(wrapOutboundOut(wire.writes[index].bytes), promise: nil)
    }

    /// On HTTP/1 all of it is bytes.
    func take(_ parts: StreamTape.Parts) {}

    func conclude(_ conclusion: PlayerStateMachine.Conclusion, _ context: ChannelHandlerContext) {
        switch conclusion {
        case .keepAlive:
            finishCurrent(.played, now: context.eventLoop.now)
        case .stall:
            isDiscardingInput = true
            clock.enter(.ended, now: context.eventLoop.now)
            // A tape that falls silent is played until somebody leaves; who sends a live one is told at once.
            if current?.wire == nil { finishCurrent(.played, now: context.eventLoop.now) }
        case .finish, .cut, .reset:
            isDiscardingInput = true
            clock.enter(.ended, now: context.eventLoop.now)
            // An empty write is done when all before it are: closing earlier would lose them.
            let boundSelf = NIOLoopBound((self, context), eventLoop: context.eventLoop)
            let written = context.eventLoop.makePromise(of: Void.self)
            written.futureResult.whenComplete { result in
                let (handler, context) = boundSelf.value
                switch result {
                case .success: handler.close(conclusion, context)
                case .failure: handler.finishCurrent(.cancelled, now: context.eventLoop.now)
                }
            }
            context.writeAndFlush(wrapOutboundOut(ByteBuffer()), promise: written)
        }
    }

    private func close(_ conclusion: PlayerStateMachine.Conclusion, _ context: ChannelHandlerContext) {
        finishCurrent(.played, now: context.eventLoop.now)
        guard context.channel.isActive else { return }
        switch conclusion {
        case .reset:
            context.triggerUserOutboundEvent(ConnectionFaultHandler.Fault.reset, promise: nil)
        case .cut:
            machine.outputClosed()
            context.triggerUserOutboundEvent(ConnectionFaultHandler.Fault.cut, promise: nil)
            linger(context)
        case .finish, .keepAlive, .stall:
            machine.outputClosed()
            context.close(mode: .output, promise: nil)
            linger(context)
        }
    }

    /// Gives the client time to read and to close its half.
    private func linger(_ context: ChannelHandlerContext) {
        let channel = context.channel
        lingering = context.eventLoop.scheduleTask(in: lingerLimit) {
            channel.close(promise: nil)
        }
    }

    private func connectionLost(_ outcome: PlaybackReport.Outcome, now: NIODeadline) {
        cancelTimer()
        // Its task holds the channel.
        lingering?.cancel()
        lingering = nil
        clock.enter(.ended, now: now)
        if machine.closed() { finishCurrent(outcome, now: now) }
        current = nil
    }
}

@available(*, unavailable)
extension PlayerHandler: Sendable {}

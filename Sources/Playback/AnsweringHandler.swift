internal import NIOCore
internal import Tapes

/// Asks the responder about one request after the other, in the order in which they came, and has the answers played.
final class AnsweringHandler: ChannelDuplexHandler {
    typealias InboundIn = InboundMessage
    typealias OutboundIn = Never
    typealias OutboundOut = Never

    private struct Pending {
        var message: InboundMessage
        /// When the request had come in full.
        var received: NIODeadline
    }

    private let responder: any Responder
    private let clock: ConnectionClock
    private let pipelineLimit: Int
    /// Whether this is a stream of HTTP/2.
    private let isStream: Bool
    private var queue = CircularBuffer<Pending>()
    private var isAnswering = false
    private var isDequeuing = false
    private var isReadHeld = false
    private var isLost = false
    private var playedCount = 0
    /// What the answer under way is waited for with, until it is there.
    private var waiting: Task<Void, Never>?

    init(responder: any Responder, clock: ConnectionClock, pipelineLimit: Int, isStream: Bool = false) {
        self.responder = responder
        self.clock = clock
        self.pipelineLimit = pipelineLimit
        self.isStream = isStream
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        clock.owedAnswerCount += 1
        queue.append(Pending(message: unwrapInboundIn(data), received: context.eventLoop.now))
        answerPending(context)
    }

    func read(context: ChannelHandlerContext) {
        if queue.count >= pipelineLimit {
            isReadHeld = true
        } else {
            context.read()
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        isLost = true
        waiting?.cancel()
        queue.removeAll()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // Connection errors; what was being played is reported as cancelled when the channel goes inactive.
        context.close(promise: nil)
    }
}

extension AnsweringHandler {
    private func answerPending(_ context: ChannelHandlerContext) {
        // Answers that are played at once come back to here; a loop takes them, where recursion could overflow.
        guard !isDequeuing else { return }
        isDequeuing = true
        while !isAnswering, clock.phase != .ended, let pending = queue.popFirst() {
            isAnswering = true
            answer(pending, context)
        }
        isDequeuing = false
        // After an answer that ends the connection nobody is asked about what came behind it (RFC 9112 §9.6).
        if clock.phase == .ended { queue.removeAll() }
        if isReadHeld, queue.count < pipelineLimit {
            isReadHeld = false
            context.read()
        }
    }

    private func answer(_ pending: Pending, _ context: ChannelHandlerContext) {
        switch pending.message {
        case .request(let request, let exchange):
            let reply = responder.respond(to: request, on: context.eventLoop)
            start(reply, exchange, pending.received, context)
        case .expectation where isStream:
            play(StreamEncoder.continue, observer: nil, pending.received, context)
        case .expectation:
            let interim = WireTape(
                writes: [.init(gap: .zero, bytes: ByteBuffer(string: "HTTP/1.1 100 Continue\r\n\r\n"))],
                endingGap: .zero,
                ending: .complete,
                isPersistent: true
            )
            play(interim, observer: nil, pending.received, context)
        case .refusal(let refusal):
            let tape = responder.refuse(refusal)
            if isStream {
                return play(StreamEncoder.lower(tape, for: .usual), observer: nil, pending.received, context)
            }
            let wire = WireEncoder.lower(tape, for: ExchangeContext(keepsAlive: false))
            play(wire, observer: nil, pending.received, context)
        }
    }

    private func start(
        _ reply: Reply,
        _ exchange: ExchangeContext,
        _ received: NIODeadline,
        _ context: ChannelHandlerContext
    ) {
        switch reply.content {
        case .now(let answer):
            play(answer, exchange, reply.observer, received, context)
        case .later(let makeAnswer):
            play(context.eventLoop.makeFutureWithTask(makeAnswer), exchange, reply.observer, received, context)
        case .waiting(let makeAnswer):
            let work = LoopExecutor(context.eventLoop).run(makeAnswer)
            waiting = work.task
            play(work.result, exchange, reply.observer, received, context)
        }
    }

    private func play(
        _ answer: EventLoopFuture<Answer>,
        _ exchange: ExchangeContext,
        _ observer: (any PlaybackObserver)?,
        _ received: NIODeadline,
        _ context: ChannelHandlerContext
    ) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        answer.whenComplete { result in
            let (handler, context) = bound.value
            handler.waiting = nil
            guard !handler.isLost, case .success(let answer) = result else {
                observer?.didPlay(PlaybackReport(outcome: .cancelled))
                return
            }
            handler.play(answer, exchange, observer, received, context)
        }
    }

    private func play(
        _ answer: Answer,
        _ exchange: ExchangeContext,
        _ observer: (any PlaybackObserver)?,
        _ received: NIODeadline,
        _ context: ChannelHandlerContext
    ) {
        observer?.willPlay(answer)
        if isStream, let stream = answer.loweredToStream(for: exchange) {
            return play(stream, observer: observer, received, context)
        }
        switch answer {
        case .tape(let tape):
            play(WireEncoder.lower(tape, for: exchange), observer: observer, received, context)
        case .altered(let altered):
            play(altered.lowered(for: exchange), observer: observer, received, context)
        case .lowered(let lowered):
            let wire = exchange == .usual ? lowered.wire : WireEncoder.lower(lowered.tape, for: exchange)
            play(wire, observer: observer, received, context)
        case .stored(let stored):
            play(stored, exchange, observer, received, context)
        case .live(let live):
            let promise = context.eventLoop.makePromise(of: PlaybackReport.self)
            promise.futureResult.whenComplete { [played = played(observer, context)] result in
                played((try? result.get()) ?? PlaybackReport(outcome: .cancelled))
            }
            let playback = LivePlayback(
                live: live,
                exchange: exchange,
                start: received,
                channel: context.channel,
                isStream: isStream,
                played: promise
            )
            _ = LoopExecutor(context.eventLoop).run { await playback.run() }
        }
    }

    private func play(
        _ stream: StreamTape,
        observer: (any PlaybackObserver)?,
        _ received: NIODeadline,
        _ context: ChannelHandlerContext
    ) {
        play(stream.wire, stream.parts, observer: observer, received, context)
    }

    private func play(
        _ wire: WireTape,
        _ parts: StreamTape.Parts? = nil,
        observer: (any PlaybackObserver)?,
        _ received: NIODeadline,
        _ context: ChannelHandlerContext
    ) {
        playedCount += 1
        if let observer, wire.waits {
            observer.willWait(PlaybackControl(channel: context.channel, number: playedCount))
        }
        let played = played(observer, context)
        let command = PlayCommand(.tape(wire, start: received, number: playedCount, played: played), parts: parts)
        context.triggerUserOutboundEvent(command, promise: nil)
    }

    private func play(
        _ stored: StoredTape,
        _ exchange: ExchangeContext,
        _ observer: (any PlaybackObserver)?,
        _ received: NIODeadline,
        _ context: ChannelHandlerContext
    ) {
        playedCount += 1
        if let observer, stored.timing != .instant {
            observer.willWait(PlaybackControl(channel: context.channel, number: playedCount))
        }
        let playback = StoredPlayback(stored, for: exchange, isStream: isStream)
        let played = played(observer, context)
        let command = PlayCommand(.stored(playback, start: received, number: playedCount, played: played))
        context.triggerUserOutboundEvent(command, promise: nil)
    }

    /// What goes on with the next request once this one's answer is played.
    private func played(_ observer: (any PlaybackObserver)?, _ context: ChannelHandlerContext) -> PlayCommand.Played {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        return { report in
            let (handler, context) = bound.value
            observer?.didPlay(report)
            handler.isAnswering = false
            if handler.queue.isEmpty, handler.clock.phase == .answering {
                handler.clock.enter(.idle, now: context.eventLoop.now)
            }
            handler.answerPending(context)
        }
    }
}

@available(*, unavailable)
extension AnsweringHandler: Sendable {}

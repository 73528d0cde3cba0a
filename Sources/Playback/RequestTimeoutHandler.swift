internal import NIOCore

/// Enforces the connection's deadlines.
///
/// Sits below the HTTP decoder, where bytes of an unfinished head are seen.
///
/// The timer is lazy: a deadline that moves later is noticed when the timer fires, so that a request that comes in one
/// read costs no timer at all.
final class RequestTimeoutHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    /// Fired upward when a request does not come to its end in time.
    struct TimeoutError: Error {}

    private static let answeringCheckInterval = TimeAmount.seconds(5)

    private let clock: ConnectionClock
    private var timer: (callback: NIOScheduledCallback, deadline: NIODeadline)?
    private var context: ChannelHandlerContext?

    init(clock: ConnectionClock) {
        self.clock = clock
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        clock.enter(.idle, now: context.eventLoop.now)
        scheduleIfNeeded(context)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        timer?.callback.cancel()
        timer = nil
        self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        clock.received(now: context.eventLoop.now)
        context.fireChannelRead(data)
        scheduleIfNeeded(context)
    }

    private func scheduleIfNeeded(_ context: ChannelHandlerContext) {
        guard let deadline = clock.deadline else { return }
        if let timer {
            guard deadline < timer.deadline else { return }
            timer.callback.cancel()
        }
        schedule(at: deadline, context)
    }

    private func schedule(at deadline: NIODeadline, _ context: ChannelHandlerContext) {
        // Handlers live on their channel's loop, so does this call; it fails only when the loop is shutting down.
        let callback = try? context.eventLoop.assumeIsolated().scheduleCallback(at: deadline, handler: self)
        timer = callback.map { ($0, deadline) }
    }
}

extension RequestTimeoutHandler: NIOScheduledCallbackHandler {
    func handleScheduledCallback(eventLoop: some EventLoop) {
        timer = nil
        guard let context else { return }
        guard let deadline = clock.deadline else {
            guard clock.phase == .answering else { return }
            // An answer is being played; look again when the connection could have idled away.
            schedule(at: eventLoop.now + Self.answeringCheckInterval, context)
            return
        }
        guard deadline <= eventLoop.now else {
            scheduleIfNeeded(context)
            return
        }
        switch clock.phase {
        case .idle:
            context.close(promise: nil)
        case .head, .body:
            clock.enter(.answering, now: eventLoop.now)
            context.fireErrorCaught(TimeoutError())
        case .answering, .ended:
            break
        }
    }
}

@available(*, unavailable)
extension RequestTimeoutHandler: Sendable {}

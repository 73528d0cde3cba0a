internal import NIOCore

/// What a connection is waiting for, and until when.
///
/// Shared by the handlers of one connection, on its loop.
final class ConnectionClock {
    enum Phase {
        /// The next request.
        case idle
        /// The rest of a head.
        case head
        /// The rest of a body.
        case body
        /// An answer: no limit, tapes may be as slow as they like.
        case answering
        /// Nothing: no answer comes after the last one, which may be a silence without end.
        case ended
    }

    private let configuration: PlaybackConfiguration
    private(set) var phase = Phase.idle
    private(set) var deadline: NIODeadline?

    /// Requests that have come in full and whose answers have not begun: the connection must not be closed yet.
    var owedAnswerCount = 0

    init(configuration: PlaybackConfiguration) {
        self.configuration = configuration
    }

    func enter(_ phase: Phase, now: NIODeadline) {
        guard self.phase != .ended else { return }
        self.phase = phase
        switch phase {
        case .idle: deadline = now + configuration.idleTimeout
        case .head: deadline = now + configuration.headTimeout
        case .body: deadline = now + configuration.bodyTimeout
        case .answering, .ended: deadline = nil
        }
    }

    /// More bytes of the request came: a head has to end in time, a body has to go on.
    func received(now: NIODeadline) {
        switch phase {
        case .idle: enter(.head, now: now)
        case .body: enter(.body, now: now)
        case .head, .answering, .ended: break
        }
    }
}

@available(*, unavailable)
extension ConnectionClock: Sendable {}

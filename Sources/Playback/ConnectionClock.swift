internal import NIOCore

/// What a connection is waiting for, and until when. Shared by the handlers of one connection, on its loop.
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
    }

    private let configuration: PlaybackConfiguration
    private(set) var phase = Phase.idle
    private(set) var deadline: NIODeadline?

    init(configuration: PlaybackConfiguration) {
        self.configuration = configuration
    }

    func enter(_ phase: Phase, now: NIODeadline) {
        self.phase = phase
        switch phase {
        case .idle: deadline = now + configuration.idleTimeout
        case .head: deadline = now + configuration.headTimeout
        case .body: deadline = now + configuration.bodyTimeout
        case .answering: deadline = nil
        }
    }

    /// More bytes of the request came: a head has to end in time, a body has to go on.
    func received(now: NIODeadline) {
        switch phase {
        case .idle: enter(.head, now: now)
        case .body: enter(.body, now: now)
        case .head, .answering: break
        }
    }
}

@available(*, unavailable)
extension ConnectionClock: Sendable {}

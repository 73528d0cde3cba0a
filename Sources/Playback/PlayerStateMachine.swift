internal import NIOCore
internal import Tapes

/// When to send what of a wire tape, and what comes after it.
///
/// No I/O and no clock: time is passed in.
///
/// A tape may come in pieces: then playing goes on with the next one, and its deadlines with those before it.
///
/// ```
///  idle ──play──► playing ──last write──► complete, persistent ──► idle
///                    │                    complete, close ──► ending ──all written──► closing ──input closed──► closed
///                    │                    reset ──► ending ──connection lost──► closed
///                    └─client leaves──► closed  stall ──► stalled ──client leaves──► closed
/// ```
struct PlayerStateMachine {
    enum Action: Equatable {
        /// Write the tape's write with this index, then ask again.
        case write(Int)
        /// Flush, then ask again at this time.
        case wait(until: NIODeadline)
        /// Flush, then ask again when the channel is writable.
        case awaitWritability
        /// Flush, then get the rest of the tape, or the next piece of it, and go on with that.
        case awaitRest
        /// Flush, then end like this.
        case end(Conclusion)
        case none
    }

    /// What the connection does after the last write.
    enum Conclusion: Equatable {
        /// Stay, ready for the next request.
        case keepAlive
        /// Close in order, with close_notify under TLS.
        case finish
        /// Cut: FIN below TLS.
        case cut
        /// RST below TLS, once the kernel's queue is empty.
        case reset
        /// Say nothing more.
        case stall
    }

    private struct Playing {
        var wire: WireTape
        /// Whether another piece of the tape comes behind this one, in place of the ending.
        var goesOn: Bool
        var next = 0
        /// When ``next`` is due, or what comes after the last write.
        var due: NIODeadline
    }

    private enum State {
        case idle
        case playing(Playing)
        case live
        case stalled
        /// The last bytes are on their way out; closing now would lose them.
        case ending
        /// Our half is closed.
        case closing
        case closed
    }

    private var state = State.idle
    private var isInputClosed = false
    private var isDraining = false

    /// Whether another answer can be played on this connection.
    var isOpen: Bool {
        switch state {
        case .idle, .playing, .live: true
        case .stalled, .ending, .closing, .closed: false
        }
    }

    /// Begins an answer.
    ///
    /// - Parameters:
    ///   - wire: what to play.
    ///   - start: the end of the request; gaps count from here.
    ///   - goesOn: whether this is only the beginning of the tape.
    mutating func play(_ wire: WireTape, start: NIODeadline, goesOn: Bool = false) {
        guard case .idle = state else { preconditionFailure("answers are played one after the other") }
        state = .playing(Playing(wire: wire, goesOn: goesOn, due: start + TimeAmount(wire.firstGap)))
    }

    /// Goes on with the next piece of a tape.
    ///
    /// - Parameters:
    ///   - wire: its first gap counts from when the piece before was due to end.
    ///   - goesOn: whether there is another one behind it.
    mutating func goOn(with wire: WireTape, goesOn: Bool) {
        guard case .playing(let played) = state else { return }
        state = .playing(Playing(wire: wire, goesOn: goesOn, due: played.due + TimeAmount(wire.firstGap)))
    }

    /// What to do now.
    ///
    /// - Parameters:
    ///   - now: the time it is.
    ///   - isWritable: whether the channel takes more bytes.
    ///   - isAnswerOwed: whether another request has come in full.
    /// - Returns: one step. To be asked for again after each write, at the time waited for, and when writable.
    mutating func next(now: NIODeadline, isWritable: Bool, isAnswerOwed: Bool = false) -> Action {
        guard case .playing(var playing) = state else { return .none }
        if playing.due > now { return .wait(until: playing.due) }
        guard playing.next < playing.wire.writes.count else {
            if playing.goesOn { return .awaitRest }
            let wire = playing.wire
            return .end(conclude(wire.ending, isPersistent: wire.isPersistent, isAnswerOwed: isAnswerOwed))
        }
        guard isWritable else { return .awaitWritability }
        let index = playing.next
        playing.next += 1
        let isLast = playing.next == playing.wire.writes.count
        let gap = isLast ? playing.wire.endingGap : playing.wire.writes[playing.next].gap
        // Absolute deadlines: lateness of one write does not move the later ones.
        playing.due = playing.due + TimeAmount(gap)
        state = .playing(playing)
        return .write(index)
    }

    /// Goes on as if so much more time had passed since the last write.
    mutating func advance(by duration: Duration) {
        guard case .playing(var playing) = state else { return }
        playing.due = playing.due - TimeAmount(duration)
        state = .playing(playing)
    }

    /// Begins an answer whose bytes are sent as they arrive.
    mutating func beginLive() {
        guard case .idle = state else { preconditionFailure("answers are played one after the other") }
        state = .live
    }

    /// Ends it; nil when the connection is gone already.
    mutating func endLive(_ ending: Ending, isPersistent: Bool, isAnswerOwed: Bool = false) -> Conclusion? {
        guard case .live = state else { return nil }
        return conclude(ending, isPersistent: isPersistent, isAnswerOwed: isAnswerOwed)
    }

    private mutating func conclude(_ ending: Ending, isPersistent: Bool, isAnswerOwed: Bool) -> Conclusion {
        switch ending {
        case .complete where isPersistent && (isAnswerOwed || !isInputClosed && !isDraining):
            state = .idle
            return .keepAlive
        case .complete:
            state = .ending
            return .finish
        case .close:
            state = .ending
            return .cut
        case .reset:
            state = .ending
            return .reset
        case .stall where isInputClosed || isDraining:
            state = .ending
            return .finish
        case .stall:
            state = .stalled
            return .stall
        }
    }

    /// Our half is closed: every byte is written, and what is left is to wait for the client to close its own.
    mutating func outputClosed() {
        guard case .ending = state else { return }
        state = .closing
    }

    /// The peer will send no more.
    ///
    /// Half-closed clients still get their answers.
    ///
    /// - Parameter isAnswerOwed: whether another request has come in full.
    /// - Returns: whether the connection is to be closed now.
    mutating func inputClosed(isAnswerOwed: Bool = false) -> Bool {
        isInputClosed = true
        switch state {
        case .idle where isAnswerOwed:
            return false
        case .stalled:
            return true
        case .idle, .closing:
            state = .closed
            return true
        case .playing, .live, .ending, .closed:
            return false
        }
    }

    /// The server is stopping.
    ///
    /// Requests that have come in full still get their answers.
    ///
    /// - Parameter isAnswerOwed: whether another request has come in full.
    /// - Returns: whether the connection is to be finished now.
    mutating func drain(isAnswerOwed: Bool = false) -> Bool {
        isDraining = true
        switch state {
        case .idle where isAnswerOwed:
            return false
        case .idle, .stalled:
            state = .ending
            return true
        case .playing, .live, .ending, .closing, .closed:
            return false
        }
    }

    /// The connection is gone.
    /// - Returns: whether an answer was under way; silence is one.
    mutating func closed() -> Bool {
        defer { state = .closed }
        return switch state {
        case .playing, .live, .stalled, .ending: true
        case .idle, .closing, .closed: false
        }
    }
}

extension WireTape {
    fileprivate var firstGap: Duration { writes.first?.gap ?? endingGap }
}

extension TimeAmount {
    init(_ duration: Duration) {
        self = .nanoseconds(duration.nanoseconds)
    }
}

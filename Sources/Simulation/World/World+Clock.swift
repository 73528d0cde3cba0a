internal import Synchronization

/// A clock that can be moved, and what waits for it.
extension World {
    /// How a world's clock is set.
    package enum ClockChange: Sendable, Hashable {
        /// Forward by so many microseconds, at least 0; frozen or not as before.
        case advance(by: Int64)
        /// Stand still from now on.
        case freeze
        /// Stand still at this time, in microseconds since 1970.
        case fix(at: Int64)
        /// Go on from the time it is.
        case resume
        /// The machine's time.
        case system
    }

    package var clock: WorldClock {
        withClock { clock, _ in clock }
    }

    /// Sets the clock; what waits in this world is hurried by the time that the clock was moved forward.
    ///
    /// - Returns: the time before and after, in microseconds since 1970.
    @discardableResult
    package func changeClock(_ change: ClockChange) -> (before: Int64, after: Int64) {
        let times = withClock { clock, system in
            let before = clock.now(system: system)
            switch change {
            case .advance(let microseconds): clock = clock.advanced(by: microseconds)
            case .freeze: clock = .fixed(before)
            case .fix(let moment): clock = .fixed(moment)
            case .resume: if clock.isFixed { clock = .shifted(by: before &- system()) }
            case .system: clock = .system
            }
            // Time that passes by itself is no move: what is compared is one moment.
            return (before, clock.now(system: system))
        }
        let moved = times.1 - times.0
        if moved > 0, change.movesTime {
            for hurry in waits.values { hurry(.microseconds(moved)) }
        }
        return times
    }

    /// Registers something that waits in this world's time.
    ///
    /// - Parameter hurry: called with the time that the clock is moved forward by.
    /// - Returns: what to give to ``endWait(_:)``.
    package func beginWait(_ hurry: @escaping @Sendable (Duration) -> Void) -> Int {
        waits.add(hurry)
    }

    package func endWait(_ id: Int) {
        waits.remove(id)
    }
}

extension World.ClockChange {
    fileprivate var movesTime: Bool {
        switch self {
        case .advance, .fix, .system: true
        case .freeze, .resume: false
        }
    }
}

/// What waits in a world's time.
final class WaitList: Sendable {
    private struct State {
        var next = 0
        var waits: [Int: @Sendable (Duration) -> Void] = [:]
    }

    private let state = Mutex(State())

    var values: [@Sendable (Duration) -> Void] {
        state.withLock { Array($0.waits.values) }
    }

    func add(_ hurry: @escaping @Sendable (Duration) -> Void) -> Int {
        state.withLock { state in
            state.next += 1
            state.waits[state.next] = hurry
            return state.next
        }
    }

    func remove(_ id: Int) {
        state.withLock { _ = $0.waits.removeValue(forKey: id) }
    }
}

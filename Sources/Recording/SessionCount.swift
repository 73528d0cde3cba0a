internal import Synchronization

/// Counts the recordings under way, so that closing the cassette can wait for them.
final class SessionCount: Sendable {
    private struct State {
        var count = 0
        var lostCount = 0
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    func enter() {
        state.withLock { $0.count += 1 }
    }

    /// How many answers could not be kept.
    var lostCount: Int { state.withLock { $0.lostCount } }

    /// - Parameter isLost: whether the answer could not be kept.
    func leave(isLost: Bool) {
        let waiters = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            state.count -= 1
            if isLost { state.lostCount += 1 }
            guard state.count == 0 else { return [] }
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    /// Returns when no recording is under way.
    func waitUntilIdle() async {
        await withCheckedContinuation { continuation in
            let isIdle = state.withLock { state in
                if state.count > 0 { state.waiters.append(continuation) }
                return state.count == 0
            }
            if isIdle { continuation.resume() }
        }
    }
}

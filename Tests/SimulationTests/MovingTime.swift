internal import Simulation
internal import Synchronization

/// A clock that a test moves.
final class MovingTime: Sendable {
    private let microseconds = Mutex(World.mockTime)

    func pass(seconds: Int64) {
        pass(milliseconds: seconds * 1000)
    }

    func pass(milliseconds: Int64) {
        microseconds.withLock { $0 += milliseconds * 1000 }
    }

    /// A world of its own that lives by this clock.
    var world: World {
        World(systemTime: { self.microseconds.withLock { $0 } })
    }
}

internal import Simulation
internal import Synchronization

/// A clock that a test moves.
final class ManualTime: Sendable {
    private let microseconds = Mutex(World.mockTime)

    func pass(seconds: Int64) {
        microseconds.withLock { $0 += seconds * 1_000_000 }
    }

    /// A world on this clock.
    var world: World {
        World(systemTime: { self.microseconds.withLock { $0 } })
    }
}

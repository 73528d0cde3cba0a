package import Simulation
internal import Synchronization
package import Tapes

/// The simulator in a world of its own, to be tried out.
///
/// Its clock moves on with every request, so that jobs get done between two questions, and is no other's, so that two
/// runs give the same answers.
package final class TrialSimulator: Sendable {
    private let simulator: Simulator
    private let world: World
    private let clock: TrialClock

    package init(_ simulator: Simulator = Simulator(), seed: UInt64 = 0) {
        let clock = TrialClock()
        self.simulator = simulator
        self.clock = clock
        world = World(name: "conformance", seed: seed, clock: .system, systemTime: { clock.now })
    }

    package func answer(_ request: Request) -> Tape {
        clock.advance()
        return simulator.answer(request, in: world).tape
    }
}

/// Starts on 2026-08-30 at 09:15 UTC.
private final class TrialClock: Sendable {
    private static let step: Int64 = 60_000_000

    private let microseconds = Mutex<Int64>(1_788_081_300_000_000)

    var now: Int64 { microseconds.withLock { $0 } }

    func advance() {
        microseconds.withLock { $0 += Self.step }
    }
}

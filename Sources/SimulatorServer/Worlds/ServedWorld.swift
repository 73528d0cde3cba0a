internal import Faults
internal import OpenRouterAPI
internal import Scenarios
internal import Simulation
internal import Synchronization
internal import Tapes

/// A world as the server knows it: the simulation's, and beside it how far scenarios have come and which faults are on.
final class ServedWorld: Sendable {
    /// Faults that were switched on at run time.
    struct ActiveFault: Sendable {
        var fault: any Fault
        /// Which requests it is for.
        var matcher: RequestMatcher
    }

    struct Script: Sendable {
        /// The scenario that is played when a request names none; nil for the files' rules.
        var scenario: String?
        var progress = ScenarioProgress()
        var faults: [ActiveFault] = []
        /// What chance and jitter come from.
        var generator: SeededGenerator
    }

    let world: World
    private let script: Mutex<Script>

    init(_ world: World, scenario: String? = nil) {
        self.world = world
        script = Mutex(Script(scenario: scenario, generator: Self.generator(of: world)))
    }

    private static func generator(of world: World) -> SeededGenerator {
        var generator = SeededGenerator(seed: world.seed)
        return generator.branch(mixing: "script of \(world.name)")
    }

    /// Reads and changes the script; `body` must be short.
    func withScript<Result>(_ body: (inout Script) -> Result) -> Result {
        script.withLock { body(&$0) }
    }

    /// What ``reset()`` threw away.
    struct ResetSummary: Sendable {
        var world: World.ResetSummary
        var scenarioCalls: Int
        var scenarioStates: Int
        var faults: Int
    }

    /// Makes the world as new; seed, clock and the scenario it plays stay.
    func reset() -> ResetSummary {
        let summary = world.reset()
        return script.withLock { script in
            defer { script = Script(scenario: script.scenario, generator: Self.generator(of: world)) }
            return ResetSummary(
                world: summary,
                scenarioCalls: script.progress.calls.values.reduce(0, +),
                scenarioStates: script.progress.states.count,
                faults: script.faults.count
            )
        }
    }
}

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
        /// The same as it was asked for; nil for all requests.
        var match: JSON?
    }

    struct Script: Sendable {
        /// The scenario that is played when a request names none; nil for the files' rules.
        var scenario: String?
        /// Scenarios that this world alone has.
        var ownScenarios: [Scenario] = []
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
        return generator.branch(mixing: "script of \(world.stream)")
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

    /// Makes the world as new; seed, clock, its own scenarios and the one it plays stay.
    func reset() -> ResetSummary {
        let summary = world.reset()
        return script.withLock { script in
            defer {
                script = Script(
                    scenario: script.scenario,
                    ownScenarios: script.ownScenarios,
                    generator: Self.generator(of: world)
                )
            }
            return ResetSummary(
                world: summary,
                scenarioCalls: script.progress.calls.values.reduce(0, +),
                scenarioStates: script.progress.states.count,
                faults: script.faults.count
            )
        }
    }
}

// MARK: - Scenarios of its own

extension ServedWorld {
    /// What this world alone has wins over what all worlds have.
    func scenario(named name: String, in library: ScenarioLibrary) -> Scenario? {
        withScript { script in script.ownScenarios.first { $0.name == name } } ?? library.scenario(named: name)
    }

    /// Adds a scenario for this world alone, in the place of its own of that name.
    func put(_ scenario: Scenario) {
        withScript { script in
            script.ownScenarios.removeAll { $0.name == scenario.name }
            script.ownScenarios.append(scenario)
        }
    }

    /// - Returns: whether this world had one of its own of that name.
    func removeScenario(_ name: String) -> Bool {
        withScript { script in
            let count = script.ownScenarios.count
            script.ownScenarios.removeAll { $0.name == name }
            return script.ownScenarios.count < count
        }
    }
}

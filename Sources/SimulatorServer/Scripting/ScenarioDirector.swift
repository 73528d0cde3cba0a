internal import Faults
internal import Fuzzing
internal import NIOCore
internal import OpenRouterAPI
internal import Scenarios
internal import Simulation
internal import Tapes

/// Decides what scenarios and faults do to a request.
struct ScenarioDirector: Sendable {
    let library: ScenarioLibrary

    /// What is to be done with a request.
    struct Direction: Sendable {
        /// Nil when no rule matches.
        var decision: ScenarioDecision?
        /// The case of the fuzzer's that the scenario was saved for, which says its answer to the byte.
        var finding: FuzzCase?
        var faults: [any Fault] = []
        /// What faults and chunking draw from.
        var generator: SeededGenerator
    }

    /// - Parameters:
    ///   - request: its target is canonical.
    ///   - place: the world it is for.
    ///   - name: the scenario it plays; nil for the world's own, or the rules of files.
    /// - Returns: nil where there is nothing to do.
    /// - Throws: ``APIError`` 404 for a scenario that there is not.
    func direction(of request: Request, in place: ServedWorld, playing name: String?) throws(APIError) -> Direction? {
        let (own, hasFaults) = place.withScript { ($0.scenario, !$0.faults.isEmpty) }
        let scenarios: [Scenario]
        if let name = name ?? own {
            guard let scenario = place.scenario(named: name, in: library) else { throw .noScenario(name, library) }
            scenarios = [scenario]
        } else {
            scenarios = library.files
        }
        guard !scenarios.isEmpty || hasFaults else { return nil }
        let looked = ScenarioRequest(request, at: place.world.now)
        return place.withScript { script in
            var decision: ScenarioDecision?
            var finding: FuzzCase?
            for scenario in scenarios {
                decision = scenario.decision(
                    for: looked,
                    progress: &script.progress,
                    generator: &script.generator
                )
                guard decision != nil else { continue }
                finding = Self.finding(of: scenario, for: request)
                break
            }
            let faults = script.faults.filter { $0.matcher.matches(looked) }.map(\.fault)
            guard decision != nil || !faults.isEmpty else { return nil }
            return Direction(
                decision: decision,
                finding: finding,
                // A saved finding has its own faults in its bytes already.
                faults: (finding == nil ? decision?.faults ?? [] : []) + faults,
                generator: script.generator.branch(mixing: "direction")
            )
        }
    }

    /// Nil for a scenario that is none, and for a request to another API than the one it was found on.
    private static func finding(of scenario: Scenario, for request: Request) -> FuzzCase? {
        guard let fuzzCase = SavedFinding.fuzzCase(in: scenario.source),
            request.target.path.hasSuffix(fuzzCase.api.path)
        else { return nil }
        return fuzzCase
    }
}

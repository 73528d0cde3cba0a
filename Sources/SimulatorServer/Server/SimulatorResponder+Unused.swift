internal import Scenarios

extension SimulatorResponder {
    /// Recordings that nothing has played in any of the worlds that are kept, as `file #interaction`.
    var unusedRecordings: [String] {
        sources.compactMap { $0 as? CassetteAnswerSource }.flatMap { source in
            unused(of: source.unusedRecordings(in: worlds.main.world)) { source.unusedRecordings(in: $0.world) }
        }
    }

    /// Rules of scenario files that have matched in none of them, as `name:line`.
    func unusedRules(of library: ScenarioLibrary) -> [String] {
        library.files.flatMap { scenario in
            unused(of: scenario.unusedRules(in: worlds.main)) { scenario.unusedRules(in: $0) }
        }
    }

    /// What is unused in every other world too, in order.
    private func unused(of candidates: [String], in world: (ServedWorld) -> [String]) -> [String] {
        var rest = Set(candidates)
        for served in worlds.all.dropFirst() where !rest.isEmpty {
            rest.formIntersection(world(served))
        }
        return candidates.filter(rest.contains)
    }
}

extension Scenario {
    /// Rules that have not matched in a world, as `name:line`.
    func unusedRules(in served: ServedWorld) -> [String] {
        let uses = served.withScript { $0.progress.uses }
        return rules.filter { uses["\(name)#\($0.index)"] == nil }.map { "\(name):\($0.line)" }
    }
}

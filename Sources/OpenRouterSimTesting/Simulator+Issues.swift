internal import Testing

extension Simulator {
    /// Fails the test for what the checks find in the world: a miss with its explanation, a rule or recording by name.
    func recordIssues(_ checks: Checks, at location: SourceLocation) async throws(SimulatorError) {
        if checks.contains(.misses) {
            for exchange in try await misses() {
                let miss = exchange.miss.flatMap { $0.isEmpty ? nil : $0 } ?? "the client left before it was explained"
                Issue.record(
                    "No recording answers \(exchange.method) \(exchange.path): \(miss)",
                    sourceLocation: location
                )
            }
        }
        let verdict = try await verify(checks: checks.subtracting(.misses))
        for failure in verdict.failures { Issue.record("\(failure)", sourceLocation: location) }
    }

    /// Does the same for all worlds of the server.
    func recordIssuesOfAllWorlds(_ checks: Checks, at location: SourceLocation) async throws(SimulatorError) {
        struct Answer: Decodable {
            struct World: Decodable { var name: String }
            var worlds: [World]
        }
        for world in try await control.send("GET", "/worlds", as: Answer.self).worlds {
            // What nobody asked anything of has used no rule and no recording.
            let isOwn = world.name == worldName
            let simulator = Simulator(running, worldName: world.name)
            try await simulator.recordIssues(isOwn ? checks : checks.intersection(.misses), at: location)
        }
    }
}

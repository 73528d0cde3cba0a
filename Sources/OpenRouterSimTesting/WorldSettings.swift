internal import Foundation

/// What a world is made with.
struct WorldSettings: Sendable, Hashable {
    var scenario: Simulator.Scenario?
    var seed: UInt64 = 0
    var clock = Simulator.StartTime.system
    var credits: Decimal?
    var faults: [Simulator.Fault] = []
}

extension ControlClient {
    private struct Birth: Encodable {
        var seed: UInt64
        var clock: String
        var credits: Decimal?
        var faults: [Simulator.Fault]
        /// The one of `serve`, so that a test sees what the command line shows.
        var stream = "main"
    }

    /// Makes the world, with its scenario.
    func create(_ settings: WorldSettings) async throws(SimulatorError) {
        // Read first: a wrong file leaves no world behind.
        let scenario = try settings.scenario?.source
        let birth = Birth(
            seed: settings.seed,
            clock: settings.clock.text,
            credits: settings.credits,
            faults: settings.faults
        )
        try await send("PUT", "/worlds/\(world)", birth)
        if let scenario { try await play(scenario) }
    }
}

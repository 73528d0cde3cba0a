public import Foundation
internal import SimulatorServer

/// A running simulator, as a world of its own: what a test points its client at.
///
/// A world has its own accounts, clock, scenario, faults and journal; whatever one test does in its world no other
/// test sees. Get one from the trait ``Testing/Trait/simulator(scenario:cassette:onMiss:exhausted:timing:seed:clock:credits:faults:checks:)``
/// or from ``withSimulator(scenario:cassette:onMiss:exhausted:timing:seed:clock:credits:faults:checks:sourceLocation:_:)``.
///
/// ```swift
/// @Test(.simulator(scenario: "rate-limited-then-ok"))
/// func retries() async throws {
///     let sim = try Simulator.current
///     let client = Client(baseURL: sim.baseURL, apiKey: sim.apiKey)
///     #expect(try await client.ask("Hello") == "Thanks for waiting.")
/// }
/// ```
public struct Simulator: Sendable {
    let running: RunningServer

    /// The world's name: letters, digits, `.`, `_` and `-`.
    public let worldName: String

    /// What the client uses in the place of `https://openrouter.ai/api/v1`.
    public let baseURL: URL

    init(_ running: RunningServer, worldName: String) {
        self.running = running
        self.worldName = worldName
        let text = "\(running.binding.origin)/w/\(worldName)/api/v1"
        guard let url = URL(string: text) else { preconditionFailure("\(text) is a URL") }
        baseURL = url
    }

    /// A key that an account with plenty of credits has, or with those that the world was made with.
    ///
    /// It names the world, so that a client that insists on a path of its own gets there too.
    public var apiKey: String { "sk-or-v1-world-\(worldName)-test" }

    var control: ControlClient { ControlClient(server: running.server, world: worldName) }
}

// MARK: - Worlds

extension Simulator {
    /// Makes a world in the same server, in the place of one of its name.
    ///
    /// Worlds of the same seed and scenario answer alike, whatever their names.
    ///
    /// - Parameters:
    ///   - name: 1 to 128 letters, digits, `.`, `_` and `-`; nil for one that no world has.
    ///   - scenario: what its requests play; nil for answers as OpenRouter usually gives them.
    ///   - seed: what all that is made up comes from.
    ///   - clock: its time when it begins.
    ///   - credits: US dollars that its accounts open with; nil for plenty.
    ///   - faults: defects of all its answers.
    /// - Returns: the same server as that world of it.
    /// - Throws: ``SimulatorError``.
    public func world(
        named name: String? = nil,
        scenario: Scenario? = nil,
        seed: UInt64 = 0,
        clock: StartTime = .system,
        credits: Decimal? = nil,
        faults: [Fault] = []
    ) async throws(SimulatorError) -> Simulator {
        try await running.makeWorld(
            name ?? running.freshName("world"),
            WorldSettings(scenario: scenario, seed: seed, clock: clock, credits: credits, faults: faults)
        )
    }

    /// Throws the world away; requests that still come for it find a new one.
    func remove() async {
        _ = try? await control.send("DELETE", "/worlds/\(worldName)", as: ControlClient.Ignored.self)
    }

    /// How much a reset threw away.
    public struct ResetSummary: Sendable, Hashable, Decodable {
        /// Accounts with their keys and resources.
        public var accounts: Int
        /// Generations that `/generation` knew.
        public var generations: Int
        /// Exchanges in the journal.
        public var journalEntries: Int
        /// Requests whose recordings start again with the first.
        public var recordingCursors: Int
        /// Requests that rules had counted.
        public var scenarioCalls: Int
        /// Named states that rules had set.
        public var scenarioStates: Int
        /// Faults that were on.
        public var faults: Int

        enum CodingKeys: String, CodingKey {
            case accounts, generations, faults
            case journalEntries = "journal_entries"
            case recordingCursors = "recording_cursors"
            case scenarioCalls = "scenario_calls"
            case scenarioStates = "scenario_states"
        }
    }

    /// Makes the world as new: accounts, journal, faults, how far scenarios and recordings have come.
    ///
    /// Seed, clock and scenario stay.
    ///
    /// - Returns: what was thrown away.
    /// - Throws: ``SimulatorError``.
    @discardableResult
    public func reset() async throws(SimulatorError) -> ResetSummary {
        struct Answer: Decodable { var reset: ResetSummary }
        return try await control.send("POST", "/reset", as: Answer.self).reset
    }
}

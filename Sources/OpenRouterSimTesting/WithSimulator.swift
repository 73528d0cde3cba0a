public import Foundation
internal import SimulatorServer
public import Testing

/// Runs a simulator for as long as a closure runs: in this process, on a free port of this machine.
///
/// ```swift
/// try await withSimulator(scenario: "mid-stream-error") { sim in
///     let client = Client(baseURL: sim.baseURL, apiKey: sim.apiKey)
///     await #expect(throws: ClientError.self) { try await client.ask("Hello") }
/// }
/// ```
///
/// It stops when the closure returns or throws; answers that still play are cut off. ``Simulator/current`` is the same
/// simulator. Nothing goes over the network.
///
/// - Parameters:
///   - scenario: what requests play; nil for answers as OpenRouter usually gives them.
///   - cassette: a file with recordings, or a folder with recordings as text; a relative path begins in the folder
///     that the tests run in.
///   - onMiss: what a request gets that no recording answers; nil to fail where there is a cassette, and else to
///     synthesize.
///   - exhausted: what a request gets that has been answered with all its recordings.
///   - timing: how pauses within answers are played.
///   - seed: what all that is made up comes from.
///   - clock: what time it is when it begins.
///   - credits: US dollars that accounts open with; nil for plenty.
///   - faults: defects of all answers.
///   - checks: what fails the test once the closure has ended.
///   - sourceLocation: where such failures are shown.
///   - body: gets the simulator.
/// - Returns: what `body` returns.
/// - Throws: what `body` throws, or ``SimulatorError`` when there is no such scenario or cassette.
public func withSimulator<Result>(
    scenario: Simulator.Scenario? = nil,
    cassette: String? = nil,
    onMiss: Simulator.OnMiss? = nil,
    exhausted: Simulator.Exhausted = .repeat,
    timing: Simulator.Timing = .instant,
    seed: UInt64 = 0,
    clock: Simulator.StartTime = .system,
    credits: Decimal? = nil,
    faults: [Simulator.Fault] = [],
    checks: Simulator.Checks = .misses,
    sourceLocation: SourceLocation = #_sourceLocation,
    _ body: (Simulator) async throws -> Result
) async throws -> Result {
    let server = try EmbeddedServer.open(
        EmbeddedServer.Settings(cassette: cassette, onMiss: onMiss, exhausted: exhausted, timing: timing)
    )
    let settings = WorldSettings(scenario: scenario, seed: seed, clock: clock, credits: credits, faults: faults)
    return try await withThrowingTaskGroup(of: Void.self) { group in
        let (bindings, ready) = AsyncStream.makeStream(of: ServerApplication.Binding.self)
        group.addTask {
            defer { ready.finish() }
            try await server.run { ready.yield($0) }
        }
        guard let binding = await bindings.first(where: { _ in true }) else {
            do {
                try await group.waitForAll()
            } catch {
                throw SimulatorError(.cannotStart, "\(error)", cause: error)
            }
            throw CancellationError()
        }
        defer { server.stop() }
        let simulator = try await RunningServer(server, at: binding).makeWorld("test", settings)
        let result: Result
        do {
            result = try await Simulator.$scoped.withValue(simulator) { try await body(simulator) }
        } catch {
            // What went wrong may be due to a miss, so it is told too.
            try? await simulator.recordIssuesOfAllWorlds(checks.intersection(.misses), at: sourceLocation)
            throw error
        }
        try await simulator.recordIssuesOfAllWorlds(checks, at: sourceLocation)
        return result
    }
}

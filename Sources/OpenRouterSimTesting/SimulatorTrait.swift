public import Foundation
internal import SimulatorServer
public import Testing

/// Gives each test a world of its own in a simulator that runs in this process.
///
/// Made by ``Testing/Trait/simulator(scenario:cassette:onMiss:exhausted:timing:seed:clock:credits:faults:checks:)``. On a
/// suite it holds for each of its tests, and one on a test wins over one on its suite. Each case of a test with
/// arguments has its own world too.
public struct SimulatorTrait: TestTrait, SuiteTrait, TestScoping {
    let server: EmbeddedServer.Settings
    let world: WorldSettings
    let checks: Simulator.Checks

    /// For the tests of a suite, not the suite itself.
    public var isRecursive: Bool { true }

    /// Runs a test with ``Simulator/current`` set, then fails it for what the checks find.
    ///
    /// - Throws: what the test throws, or ``SimulatorError`` when there is no such scenario or cassette.
    public func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        let running = try await SharedServers.all.server(server)
        let name = running.freshName(Self.worldName(test.name))
        let simulator = try await running.makeWorld(name, world)
        do {
            try await Simulator.$scoped.withValue(simulator) { try await function() }
        } catch {
            // What went wrong may be due to a miss, so it is told too.
            try? await simulator.recordIssues(checks.intersection(.misses), at: test.sourceLocation)
            await simulator.remove()
            throw error
        }
        try await simulator.recordIssues(checks, at: test.sourceLocation)
        await simulator.remove()
    }

    /// What a world can be called of a test's name, such as `retries()`.
    private static func worldName(_ text: String) -> String {
        let name = text.prefix { $0 != "(" }.unicodeScalars.filter { $0.isASCII && $0.properties.isAlphabetic }
        return name.isEmpty ? "test" : String(String.UnicodeScalarView(name.prefix(80)))
    }
}

extension Trait where Self == SimulatorTrait {
    /// A world of its own for each test, in a simulator that all tests of this process share.
    ///
    /// ```swift
    /// @Test(.simulator(cassette: "Tests/Fixtures/session.cassette"))
    /// func summarizes() async throws {
    ///     let sim = try Simulator.current
    ///     …
    /// }
    /// ```
    ///
    /// - Parameters:
    ///   - scenario: what requests play; nil for answers as OpenRouter usually gives them.
    ///   - cassette: a file with recordings, or a folder with recordings as text; a relative path begins in the
    ///     folder that the tests run in.
    ///   - onMiss: what a request gets that no recording answers; nil to fail where there is a cassette, and else to
    ///     synthesize.
    ///   - exhausted: what a request gets that has been answered with all its recordings.
    ///   - timing: how pauses within answers are played.
    ///   - seed: what all that is made up comes from.
    ///   - clock: what time it is when a test begins.
    ///   - credits: US dollars that accounts open with; nil for plenty.
    ///   - faults: defects of all answers.
    ///   - checks: what fails a test once it has ended.
    /// - Returns: the trait, for tests and suites.
    public static func simulator(
        scenario: Simulator.Scenario? = nil,
        cassette: String? = nil,
        onMiss: Simulator.OnMiss? = nil,
        exhausted: Simulator.Exhausted = .repeat,
        timing: Simulator.Timing = .instant,
        seed: UInt64 = 0,
        clock: Simulator.StartTime = .system,
        credits: Decimal? = nil,
        faults: [Simulator.Fault] = [],
        checks: Simulator.Checks = .misses
    ) -> SimulatorTrait {
        SimulatorTrait(
            server: EmbeddedServer.Settings(
                cassette: cassette,
                onMiss: onMiss,
                exhausted: exhausted,
                timing: timing
            ),
            world: WorldSettings(scenario: scenario, seed: seed, clock: clock, credits: credits, faults: faults),
            checks: checks
        )
    }
}

import TestSupport
import Testing

extension PythonClient: CustomTestStringConvertible {
    package var testDescription: String { script }

    /// Expects all checks to hold against the fake alone and through the recorder, and then against the cassette with
    /// the upstream gone, and to see the same each time.
    func expectSameServedRecordedReplayed(sourceLocation: SourceLocation = #_sourceLocation) throws {
        let server = try Self.serve()
        defer { server.stop() }
        let served = try run(baseURL: server.baseURL)
        #expect(served.status == 0, "\(served.errors)\(server.stop().errors)", sourceLocation: sourceLocation)

        let folder = try TemporaryFolder()
        let cassette = folder.path("session.cassette")
        let upstream = try Self.serve()
        defer { upstream.stop() }
        let recorder = try SimulatorProcess(["record", "--cassette", cassette, "--upstream", upstream.baseURL])
        defer { recorder.stop() }
        let recorded = try run(baseURL: recorder.baseURL)
        #expect(recorded.status == 0, "\(recorded.errors)", sourceLocation: sourceLocation)
        #expect(recorded.output == served.output, sourceLocation: sourceLocation)
        #expect(recorder.stop().status == 0, sourceLocation: sourceLocation)
        #expect(upstream.stop().status == 0, sourceLocation: sourceLocation)

        let replayer = try SimulatorProcess(["replay", "--cassette", cassette])
        defer { replayer.stop() }
        let replayed = try run(baseURL: replayer.baseURL)
        #expect(replayed.status == 0, "\(replayed.errors)\(replayer.errors)", sourceLocation: sourceLocation)
        #expect(replayed.output == recorded.output, sourceLocation: sourceLocation)
        #expect(!replayer.stop().errors.contains("miss:"), sourceLocation: sourceLocation)
    }

    /// A server that knows the scripts' key and no other, so that they can also ask with a wrong one.
    ///
    /// Its clock stands still: ids are the same in each run, and videos are done after a few polls.
    private static func serve() throws -> SimulatorProcess {
        try SimulatorProcess(["serve", "--auth", "strict", "--key", key, "--clock", "fixed:2026-08-30T09:15:00Z"])
    }
}

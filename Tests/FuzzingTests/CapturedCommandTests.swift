import Testing

@testable import ChildProcesses

@Suite struct CapturedCommandTests {
    private func run(_ script: String, limit: Duration = .seconds(60), bytes: Int = 1 << 20) async throws
        -> CapturedCommand.Outcome
    {
        try await CapturedCommand(
            ["sh", "-c", script],
            environment: ["WORD": "hello"],
            timeLimit: limit,
            outputByteLimit: bytes
        ).run()
    }

    @Test("Both outputs, the exit status and the peak memory are captured, and variables are set")
    func captured() async throws {
        let outcome = try await run("echo $WORD; echo oops >&2; exit 7")
        #expect(outcome.output == Array("hello\n".utf8))
        #expect(outcome.errors == Array("oops\n".utf8))
        #expect(outcome.ending == .exited(7))
        // Of a child with less memory than this process nothing is known.
        #expect(outcome.peakMemoryByteCount == 0 || outcome.peakMemoryByteCount > 100_000)
        #expect(!outcome.timedOut && !outcome.flooded)
    }

    @Test("A command whose time is over is killed with its descendants")
    func timeLimit() async throws {
        let start = ContinuousClock.now
        // The descendant holds the pipe open, and would for an hour.
        let outcome = try await run("echo first; sleep 3600 & sleep 3600", limit: .seconds(3))
        #expect(outcome.timedOut)
        #expect(outcome.output == Array("first\n".utf8))
        #expect(outcome.ending == .signaled(9))
        #expect(ContinuousClock.now - start < .seconds(3600))
    }

    @Test("A descendant that outlives the command does not keep it waiting")
    func orphan() async throws {
        let start = ContinuousClock.now
        let outcome = try await run("sleep 3600 & echo done")
        #expect(outcome.ending == .exited(0))
        #expect(outcome.output == Array("done\n".utf8))
        #expect(ContinuousClock.now - start < .seconds(3600))
    }

    @Test("A signal is told from an exit status")
    func signal() async throws {
        #expect(try await run("kill -SEGV $$").ending == .signaled(11))
    }

    @Test("A command that writes without end is stopped at the limit")
    func flood() async throws {
        let outcome = try await run("yes", bytes: 1 << 16)
        #expect(outcome.flooded)
        #expect(outcome.output.count == 1 << 16)
    }

    @Test("A command that is not there is an error that says so")
    func missing() async throws {
        let error = await #expect(throws: ChildCommandError.self) {
            try await CapturedCommand(["no-such-client"], environment: [:], timeLimit: .seconds(1)).run()
        }
        #expect(
            error?.description
                == "cannot run 'no-such-client': No such file or directory. Expected a program in PATH or a path to one."
        )
    }
}

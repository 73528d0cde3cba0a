internal import Tapes

/// Runs the reading of answers, so that each is a child of one long-running task and shutting down waits for them.
package final class RecordingSessions: Sendable {
    private let jobs: AsyncStream<@Sendable () async -> Void>
    private let input: AsyncStream<@Sendable () async -> Void>.Continuation

    package init() {
        (jobs, input) = AsyncStream.makeStream()
    }

    /// Runs sessions until ``finish()``, then waits for those still reading.
    package func run() async {
        await withDiscardingTaskGroup { group in
            for await job in jobs {
                group.addTask { await job() }
            }
        }
    }

    /// Takes no more sessions.
    package func finish() {
        input.finish()
    }

    func start(_ session: RecordingSession, whenClientLeaves output: AsyncStream<LiveTape.Event>.Continuation) {
        let (departures, departure) = AsyncStream.makeStream(of: Void.self)
        output.onTermination = { reason in
            if case .cancelled = reason { departure.yield() }
            departure.finish()
        }
        input.yield {
            await withTaskGroup(of: Bool.self) { group in
                group.addTask {
                    await session.run()
                    return true
                }
                group.addTask {
                    for await _ in departures { return false }
                    return true
                }
                if await group.next() == false { group.cancelAll() }
                await group.waitForAll()
            }
        }
    }
}

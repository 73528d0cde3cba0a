internal import NIOCore

/// Runs tasks on an event loop, for work that only waits: for the upstream, for its next bytes, for a commit.
///
/// On the global pool each wait would cost two hand-overs between threads, which is most of what forwarding costs.
final class LoopExecutor: TaskExecutor {
    private let eventLoop: any EventLoop

    init(_ eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        eventLoop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }

    /// Starts work that must not block: the named place where a loop hands over to a task of its own.
    func run<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) -> EventLoopFuture<Value> {
        let promise = eventLoop.makePromise(of: Value.self)
        Task(executorPreference: self) { promise.succeed(await work()) }
        return promise.futureResult
    }
}

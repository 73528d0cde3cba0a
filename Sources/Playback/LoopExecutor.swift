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
    ///
    /// - Parameter work: what to do; is told by cancellation when nobody wants it any more.
    /// - Returns: what comes of it, and the task to cancel.
    func run<Value: Sendable>(
        _ work: @escaping @Sendable () async -> Value
    ) -> (result: EventLoopFuture<Value>, task: Task<Void, Never>) {
        let promise = eventLoop.makePromise(of: Value.self)
        let task = Task(executorPreference: self) { promise.succeed(await work()) }
        return (promise.futureResult, task)
    }
}

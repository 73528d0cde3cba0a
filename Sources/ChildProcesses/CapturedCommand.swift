internal import Dispatch
internal import Synchronization

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// A command whose output is captured, whose time is limited, and whose descendants end with it.
///
/// It is started by posix_spawn(3) rather than by Subprocess, which tells neither the peak memory of a child nor puts
/// a time limit on it, and takes longer to start one: the fuzzer starts hundreds.
package struct CapturedCommand: Sendable {
    /// What came of it.
    package struct Outcome: Sendable, Hashable {
        package var ending: ChildCommand.Ending
        /// What it wrote, up to ``CapturedCommand/outputByteLimit`` each.
        package var output: [UInt8]
        package var errors: [UInt8]
        /// From its start to its end.
        package var duration: Duration
        /// The most memory that it, or a descendant it waited for, had at once.
        package var peakMemoryByteCount: Int
        /// Whether it was killed because its time was over.
        package var timedOut: Bool
        /// Whether it was killed because it wrote more than the limit.
        package var flooded: Bool
    }

    private let arguments: [String]
    private let environment: [String: String]
    private let timeLimit: Duration
    private let outputByteLimit: Int

    /// - Parameters:
    ///   - arguments: the command, looked for in `PATH` unless it has a slash, and its arguments; not empty.
    ///   - environment: variables set besides our own.
    ///   - timeLimit: after it the command and its descendants are killed (SIGKILL to the process group).
    ///   - outputByteLimit: of each of the two outputs; more ends the command.
    package init(
        _ arguments: [String],
        environment: [String: String],
        timeLimit: Duration,
        outputByteLimit: Int = 64 << 20
    ) {
        self.arguments = arguments
        self.environment = environment
        self.timeLimit = timeLimit
        self.outputByteLimit = outputByteLimit
    }

    /// Threads that wait for children; more than there are processors, since they only wait.
    private static let queue = DispatchQueue(label: "captured-commands", attributes: .concurrent)

    /// Runs the command to its end.
    ///
    /// Cancelling the task kills it.
    ///
    /// - Throws: ``ChildCommandError`` when it cannot be started.
    package func run() async throws(ChildCommandError) -> Outcome {
        let isCancelled = Atomic(false)
        let result: Result<Outcome, ChildCommandError> = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                Self.queue.async {
                    continuation.resume(returning: Result { () throws(ChildCommandError) in try wait(isCancelled) })
                }
            }
        } onCancel: {
            isCancelled.store(true, ordering: .relaxed)
        }
        return try result.get()
    }

    private func wait(_ isCancelled: borrowing Atomic<Bool>) throws(ChildCommandError) -> Outcome {
        let start = ContinuousClock.now
        var child = try SpawnedChild(arguments, environment: environment)
        defer { child.close() }
        var ended: (status: Int32, usage: rusage)?
        var timedOut = false
        var flooded = false
        // A descendant may hold the pipes open after the command has ended; it gets a moment to finish.
        var deadline = start + timeLimit
        while true {
            let isOpen = child.read(for: .milliseconds(ended == nil ? 50 : 5), limit: outputByteLimit)
            if ended == nil {
                ended = child.reap(blocking: false)
                if ended != nil { deadline = min(deadline, .now + .milliseconds(200)) }
            }
            if ended != nil, !isOpen || ContinuousClock.now >= deadline { break }
            if ended == nil, child.isFlooded || ContinuousClock.now >= deadline || isCancelled.load(ordering: .relaxed)
            {
                flooded = child.isFlooded
                timedOut = !flooded
                child.killGroup()
                ended = child.reap(blocking: true)
                _ = child.read(for: .zero, limit: outputByteLimit)
                break
            }
            if !isOpen, ended == nil { usleep(300) }
        }
        let duration = ContinuousClock.now - start
        child.killGroup()
        let status = ended?.status ?? 0
        let signal = status & 0x7F
        return Outcome(
            ending: signal == 0 ? .exited(status >> 8 & 0xFF) : .signaled(signal),
            output: child.output,
            errors: child.errors,
            duration: duration,
            peakMemoryByteCount: ended.map { Self.peakMemory(of: $0.usage) } ?? 0,
            timedOut: timedOut,
            flooded: flooded
        )
    }
}

extension CapturedCommand {
    /// What a child has had of memory at most, in bytes; 0 where that cannot be told.
    ///
    /// A child begins with its parent's memory, and Linux counts that as well (getrusage(2), `ru_maxrss`, in kilobytes
    /// there): what is no more than our own tells nothing of the child.
    private static func peakMemory(of usage: rusage) -> Int {
        var own = rusage()
        #if canImport(Darwin)
        let unit = 1
        getrusage(RUSAGE_SELF, &own)
        #else
        let unit = 1024
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &own)
        #endif
        return usage.ru_maxrss > own.ru_maxrss ? Int(usage.ru_maxrss) * unit : 0
    }
}

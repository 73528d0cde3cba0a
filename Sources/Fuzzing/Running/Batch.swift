internal import Synchronization

/// Runs cases, several at a time, and gives the results back in the order of the cases.
struct Batch: Sendable {
    let runner: ClientRunner
    let parallelism: Int
    /// After it no case is started.
    let deadline: ContinuousClock.Instant?

    /// How many cases that mostly wait may run beside the others.
    private static let slowParallelism = 8

    /// - Parameters:
    ///   - cases: what to run.
    ///   - progress: called after each case with the number of those that are done, and that failed.
    /// - Returns: the results of the cases that could be made before the deadline.
    /// - Throws: `ChildCommandError` when the client cannot be started.
    func run(
        _ cases: [FuzzCase],
        progress: @escaping @Sendable (_ done: Int, _ failed: Int) -> Void
    ) async throws -> [ClientRunner.Result] {
        let numbered = Array(cases.enumerated())
        let count = Count()
        let results = try await withThrowingTaskGroup(of: [(Int, ClientRunner.Result)].self) { group in
            let lanes = [
                (numbered.filter { !$0.element.isSlow }, parallelism),
                (numbered.filter { $0.element.isSlow }, Self.slowParallelism),
            ]
            for (cases, width) in lanes {
                let queue = Queue(cases.map { ($0.offset, $0.element) })
                for _ in 0..<min(width, cases.count) {
                    group.addTask { [runner, deadline] in
                        var results: [(Int, ClientRunner.Result)] = []
                        while let (number, fuzzCase) = queue.next() {
                            if let deadline, ContinuousClock.now >= deadline { break }
                            if runner.settings.isStopped() { break }
                            guard let result = try await runner.run(fuzzCase) else { continue }
                            results.append((number, result))
                            let now = count.add(failed: result.failing != nil)
                            progress(now.done, now.failed)
                        }
                        return results
                    }
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        return results.sorted { $0.0 < $1.0 }.map(\.1)
    }

    private final class Count: Sendable {
        private let value = Mutex((done: 0, failed: 0))

        func add(failed: Bool) -> (done: Int, failed: Int) {
            value.withLock { value in
                value.done += 1
                if failed { value.failed += 1 }
                return value
            }
        }
    }

    private final class Queue: Sendable {
        private let cases: [(Int, FuzzCase)]
        private let position = Atomic(0)

        init(_ cases: [(Int, FuzzCase)]) {
            self.cases = cases
        }

        func next() -> (Int, FuzzCase)? {
            let index = position.add(1, ordering: .relaxed).oldValue
            return index < cases.count ? cases[index] : nil
        }
    }
}

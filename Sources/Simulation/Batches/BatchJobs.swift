internal import OpenRouterAPI

/// The latest batches by id; the oldest are dropped beyond a bound of number or size.
struct BatchJobs: Sendable, Codable {
    static let limit = 1000
    /// Of all results together; the newest batch stays, whatever its size.
    static let byteLimit = 256 * 1024 * 1024

    private var jobs: [String: BatchJob] = [:]
    /// Ids from the oldest to the newest.
    private var order: [String] = []
    private var byteCount = 0

    subscript(id: String) -> BatchJob? { jobs[id] }

    mutating func insert(_ job: BatchJob) {
        jobs[job.id] = job
        order.append(job.id)
        byteCount += job.byteCount
        while order.count > Self.limit || (byteCount > Self.byteLimit && order.count > 1) {
            byteCount -= jobs.removeValue(forKey: order.removeFirst())?.byteCount ?? 0
        }
    }

    mutating func poll(_ id: String, at now: Int64) {
        jobs[id]?.poll(at: now)
        jobs[id]?.noteEnd(at: now)
    }

    /// The records to be booked of batches that have ended; each is given once.
    mutating func takeEnded(at now: Int64) -> [GenerationRecord] {
        order.flatMap { jobs[$0]?.takeRecords(at: now) ?? [] }
    }
}

extension World {
    func add(_ job: BatchJob) {
        withInferenceState { state, _ in state.batches.insert(job) }
    }

    /// Looks a batch up, and counts that as a poll.
    ///
    /// - Returns: the batch and the time of the poll; nil for a batch of another account.
    func pollBatch(_ id: String, accountID: String) -> (job: BatchJob, time: Int64)? {
        let found = withInferenceState { state, now -> (job: BatchJob, time: Int64)? in
            guard state.batches[id]?.accountID == accountID else { return nil }
            state.batches.poll(id, at: now)
            return state.batches[id].map { ($0, now) }
        }
        bookEndedBatches()
        return found
    }

    func bookEndedBatches() {
        let ended = withInferenceState { state, now in state.batches.takeEnded(at: now) }
        for record in ended { book(record) }
    }
}

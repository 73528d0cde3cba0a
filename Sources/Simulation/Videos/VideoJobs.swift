internal import OpenRouterAPI

/// The latest video jobs by id; the oldest are dropped beyond a bound.
struct VideoJobs: Sendable, Codable {
    static let limit = 1000

    private var jobs: [String: VideoJob] = [:]
    /// Ids from the oldest to the newest.
    private var order: [String] = []

    subscript(id: String) -> VideoJob? { jobs[id] }

    mutating func insert(_ job: VideoJob) {
        jobs[job.id] = job
        order.append(job.id)
        if order.count > Self.limit { jobs[order.removeFirst()] = nil }
    }

    mutating func poll(_ id: String, at now: Int64) {
        jobs[id]?.poll(at: now)
    }

    /// The records to be booked of jobs that have ended; each is given once.
    mutating func takeEnded(at now: Int64) -> [GenerationRecord] {
        order.compactMap { id in
            guard let job = jobs[id], !job.isBooked, job.status(at: now).isFinal else { return nil }
            jobs[id]?.isBooked = true
            return job.record
        }
    }

    /// The callbacks of jobs that have ended; each is given once.
    mutating func takeCallbacks(at now: Int64) -> [Callback] {
        order.compactMap { id in
            guard let job = jobs[id], let url = job.callback, !job.hasCalledBack else { return nil }
            let status = job.status(at: now)
            guard status.isFinal else { return nil }
            jobs[id]?.hasCalledBack = true
            return job.callback(to: url, status, at: now)
        }
    }
}

extension World {
    func add(_ job: VideoJob) {
        withInferenceState { state, _ in state.videos.insert(job) }
    }

    /// Looks a job up, and counts that as a poll.
    ///
    /// - Returns: the job and its status; nil for a job of another key.
    func pollVideo(_ id: String, key: String) -> (job: VideoJob, status: VideoJob.Status)? {
        let found = withInferenceState { state, now -> (job: VideoJob, status: VideoJob.Status)? in
            guard state.videos[id]?.key == key else { return nil }
            state.videos.poll(id, at: now)
            return state.videos[id].map { ($0, $0.status(at: now)) }
        }
        bookEndedVideos()
        return found
    }

    /// - Returns: the job and its status; nil for a job of another key.
    func video(_ id: String, key: String) -> (job: VideoJob, status: VideoJob.Status)? {
        bookEndedVideos()
        return withInferenceState { state, now in
            state.videos[id].flatMap { $0.key == key ? ($0, $0.status(at: now)) : nil }
        }
    }

    func bookEndedVideos() {
        let ended = withInferenceState { state, now in state.videos.takeEnded(at: now) }
        for record in ended { book(record) }
    }
}

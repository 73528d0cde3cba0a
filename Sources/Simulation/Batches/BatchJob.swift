internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import Tapes

/// A batch on its way through its states (reference: platform §5.11).
struct BatchJob: Sendable, Codable {
    enum Status: String, Sendable {
        case validating
        case inProgress = "in_progress"
        case finalizing, completed, failed
    }

    /// Times of a batch, in microseconds, and polls where the clock stands still; our own choice, as OpenRouter promises
    /// no more than a day.
    private static let validation: Int64 = 2_000_000
    private static let leastProcessing: Int64 = 3_000_000
    private static let processingPerLine: Int64 = 20_000
    private static let finalization: Int64 = 1_000_000
    private static let pollsUntilStart = 2
    private static let pollsUntilFinalizing = 3
    private static let pollsUntilEnd = 4

    /// `batch_` and 32 hexadecimal digits.
    let id: String
    let accountID: String
    let endpoint: BatchEndpoint
    /// As sent.
    let model: String
    /// Microseconds since 1970.
    let createdAt: Int64
    let lineCount: Int
    /// In the order of the lines; empty for a batch that fails.
    let results: [BatchResult]
    /// What validation finds; nil for a batch that is answered.
    let failure: APIError?
    /// The sum over all lines.
    private let usage: JSON
    /// What is booked when the batch has ended; empty from then on.
    private var records: [GenerationRecord]
    /// Polls at the very moment of the job's creation, as they come when the world's clock stands still.
    private var stillPollCount = 0
    /// Microseconds since 1970; nil until somebody has looked after the end.
    private var endedAt: Int64?

    init(
        id: String,
        accountID: String,
        request: BatchRequest,
        createdAt: Int64,
        results: [BatchResult],
        records: [GenerationRecord],
        failure: APIError?
    ) {
        self.id = id
        self.accountID = accountID
        endpoint = request.endpoint
        model = request.model
        lineCount = request.lines.count
        self.createdAt = createdAt
        self.results = results
        self.failure = failure
        self.records = records
        usage = Self.usage(of: records)
    }

    var byteCount: Int { results.reduce(0) { $0 + $1.json.count } }
}

// MARK: - Time

extension BatchJob {
    private var finalizingTime: Int64 {
        Self.validation + max(Self.leastProcessing, Self.processingPerLine * Int64(lineCount))
    }

    mutating func poll(at now: Int64) {
        if now == createdAt { stillPollCount += 1 }
    }

    /// Keeps the time of the end, once it has come.
    mutating func noteEnd(at now: Int64) {
        guard endedAt == nil, status(at: now).isFinal else { return }
        let length = failure == nil ? finalizingTime + Self.finalization : Self.validation
        endedAt = min(now, createdAt + length)
    }

    /// The records to be booked once the batch has ended; given once.
    mutating func takeRecords(at now: Int64) -> [GenerationRecord] {
        guard !records.isEmpty, status(at: now).isFinal else { return [] }
        defer { records = [] }
        return records
    }

    /// How far the batch is at a time in microseconds since 1970, on the world's clock.
    func status(at now: Int64) -> Status {
        let age = now - createdAt
        if age < Self.validation, stillPollCount < Self.pollsUntilStart { return .validating }
        if failure != nil { return .failed }
        if age < finalizingTime, stillPollCount < Self.pollsUntilFinalizing { return .inProgress }
        if age < finalizingTime + Self.finalization, stillPollCount < Self.pollsUntilEnd { return .finalizing }
        return .completed
    }

    /// The results that are there; where the clock stands still, half of them are while the batch is in progress.
    private func resultsDone(_ status: Status, at now: Int64) -> ArraySlice<BatchResult> {
        switch status {
        case .validating, .failed: return []
        case .finalizing, .completed: return results[...]
        case .inProgress:
            let passed = max(0, now - createdAt - Self.validation)
            let byTime = Int(Int64(lineCount) * passed / (finalizingTime - Self.validation))
            return results.prefix(stillPollCount < Self.pollsUntilStart ? byTime : max(byTime, lineCount / 2))
        }
    }
}

extension BatchJob.Status {
    var isFinal: Bool { self == .completed || self == .failed }
}

// MARK: - Body

extension BatchJob {
    /// The batch object, with its results once it has completed.
    ///
    /// - Parameter now: microseconds since 1970.
    /// - Returns: the answer.
    func answer(at now: Int64) -> OperationAnswer {
        let status = status(at: now)
        let done = resultsDone(status, at: now)
        let failedCount = done.count { $0.hasFailed }
        let members: JSONObject = [
            "id": .string(id),
            "object": "batch",
            "endpoint": .string(endpoint.rawValue),
            "model": .string(model),
            "completion_window": "24h",
            "status": .string(status.rawValue),
            "created_at": .integer(Int(createdAt / 1_000_000)),
            "finalized_at": status.isFinal ? .integer(Int((endedAt ?? now) / 1_000_000)) : .null,
            "request_counts": [
                "total": .integer(lineCount),
                "completed": .integer(done.count - failedCount),
                "failed": .integer(failedCount),
            ],
            "usage": status == .completed ? usage : .null,
        ]
        var buffer = ByteBuffer(bytes: members.serialized().dropLast())
        buffer.writeString(#","results":"#)
        if status == .completed { writeResults(to: &buffer) } else { buffer.writeString("null") }
        let error: JSON = status == .failed ? failure.map { ["message": .string($0.message)] } ?? .null : .null
        buffer.writeString(#","error":"#)
        buffer.writeBytes(error.serialized())
        buffer.writeString("}")
        return OperationAnswer(
            fields: [.contentType: "application/json"],
            frames: [Frame(bytes: buffer)],
            model: model
        )
    }

    private func writeResults(to buffer: inout ByteBuffer) {
        buffer.writeString("[")
        for (index, result) in results.enumerated() {
            if index > 0 { buffer.writeString(",") }
            buffer.writeBytes(result.json)
        }
        buffer.writeString("]")
    }

    private static func usage(of records: [GenerationRecord]) -> JSON {
        let prompt = records.reduce(0) { $0 + $1.usage.prompt }
        let completion = records.reduce(0) { $0 + $1.usage.completion }
        return [
            "prompt_tokens": .integer(prompt),
            "completion_tokens": .integer(completion),
            "total_tokens": .integer(prompt + completion),
            "cost": records.reduce(USD.zero) { $0 + $1.cost }.json,
            "is_byok": false,
        ]
    }
}

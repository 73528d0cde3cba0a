internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes

/// A video in the making, or made.
struct VideoJob: Sendable, Codable {
    enum Status: String, Sendable {
        case pending
        case inProgress = "in_progress"
        case completed, failed
    }

    /// Times of a job, in microseconds, and polls where the clock stands still; our own choice, as no provider's are
    /// published.
    private static let untilStart: Int64 = 2_000_000
    private static let untilEnd: Int64 = 5_000_000
    private static let perSecond: Int64 = 1_000_000
    private static let pollsUntilStart = 2
    private static let pollsUntilEnd = 3

    /// 20 alphanumerics.
    let id: String
    let key: String
    /// `http://` and the host the client has called; empty when it named none.
    let origin: String
    let width: Int
    let height: Int
    let durationSeconds: Int
    let hasSound: Bool
    let seed: UInt64
    let callback: AbsoluteURL?
    /// What the provider fails with in the end; nil for a video.
    let failure: ProviderFailure?
    /// What is booked when the job has ended.
    let record: GenerationRecord
    /// Polls at the very moment of the job's creation, as they come when the world's clock stands still.
    private var stillPollCount = 0
    /// Whether ``record`` is booked.
    var isBooked = false
    /// Whether the callback was handed out.
    var hasCalledBack = false

    init(
        id: String,
        record: GenerationRecord,
        origin: String,
        request: VideoRequest,
        seed: UInt64,
        failure: ProviderFailure?
    ) {
        self.id = id
        key = record.accountID
        self.record = record
        self.origin = origin
        width = request.size.width
        height = request.size.height
        durationSeconds = request.durationSeconds
        hasSound = request.hasSound
        callback = request.callback
        self.seed = seed
        self.failure = failure
    }

    mutating func poll(at now: Int64) {
        if now == record.createdAt { stillPollCount += 1 }
    }

    /// How far the job is at a time in microseconds since 1970, on the world's clock.
    func status(at now: Int64) -> Status {
        let age = now - record.createdAt
        let end = Self.untilEnd + Self.perSecond * Int64(durationSeconds)
        if age >= end || stillPollCount >= Self.pollsUntilEnd { return failure == nil ? .completed : .failed }
        return age >= Self.untilStart || stillPollCount >= Self.pollsUntilStart ? .inProgress : .pending
    }

    var mp4: [UInt8] {
        SyntheticVideo(
            width: width,
            height: height,
            durationSeconds: durationSeconds,
            hasSound: hasSound,
            seed: seed
        ).mp4
    }
}

extension VideoJob.Status {
    var isFinal: Bool { self == .completed || self == .failed }
}

// MARK: - Bodies

extension VideoJob {
    /// Schema `VideoGenerationResponse`.
    func json(_ status: Status) -> JSON {
        var members: JSONObject = ["id": .string(id)]
        if status.isFinal { members.append("generation_id", .string(record.id)) }
        members.append("polling_url", .string(url))
        members.append("status", .string(status.rawValue))
        appendResult(to: &members, status)
        return .object(members)
    }

    /// What is known of a job that has ended.
    private func appendResult(to members: inout JSONObject, _ status: Status) {
        switch status {
        case .pending, .inProgress: break
        case .completed:
            members.append("unsigned_urls", [.string(url + "/content?index=0")])
            members.append("usage", ["cost": record.cost.json, "is_byok": .bool(record.isBYOK)])
        case .failed: members.append("error", failure.map { .string($0.message) })
        }
    }

    private var url: String { "\(origin)/api/v1/videos/\(id)" }

    /// What is posted to the callback of a job that has ended (reference: inference §6.4).
    ///
    /// - Parameters:
    ///   - url: where to.
    ///   - status: a final one.
    ///   - now: microseconds since 1970.
    /// - Returns: the callback, without a signature: there is no secret to sign with.
    func callback(to url: AbsoluteURL, _ status: Status, at now: Int64) -> Callback {
        var data: JSONObject = [
            "id": .string(id),
            "status": .string(status.rawValue),
            "generation_id": .string(record.id),
            "model": .string(record.model),
        ]
        appendResult(to: &data, status)
        return Callback(
            url: url,
            fields: [
                .contentType: "application/json",
                .xOpenRouterIdempotencyKey: "\(id)-\(status.rawValue)",
            ],
            body: JSON.object([
                "type": .string("video.generation.\(status.rawValue)"),
                "created_at": .string(CivilTime(microseconds: now).iso8601Milliseconds),
                "data": .object(data),
            ]).serialized()
        )
    }
}

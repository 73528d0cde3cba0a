internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import Tapes

/// Videos, made by jobs (reference: inference §6.4).
extension Operation {
    /// `POST /videos`: 202 and a job.
    ///
    /// A provider that refuses the request fails it; one that answers with an error fails the job.
    static let createVideo = Operation(
        "createVideos",
        .post,
        "/videos",
        .inferenceKey,
        reads: .body(.videosBody),
        status: 202
    ) {
        call throws(APIError) in
        let body = try call.document()
        let request = try VideoRequest(reading: body, now: call.world.now)
        try call.checkSpending(drawing: true)
        let modelCall = ModelCall(
            call: call,
            digest: call.contentDigest(of: body),
            routing: request.routing,
            apiType: .video,
            idKind: "vid"
        )
        let job = try modelCall.videoJob(request)
        call.world.add(job)
        var answer = OperationAnswer.json(job.json(.pending))
        answer.generationID = job.record.id
        answer.model = job.record.model
        answer.fields[.xGenerationID] = job.record.id
        return answer
    }

    /// `GET /videos/{jobId}`.
    static let getVideo = Operation("getVideos", .get, "/videos/:id", .inferenceKey) { call throws(APIError) in
        let id = call.pathParameters["id"] ?? ""
        guard let (job, status) = call.world.pollVideo(id, key: call.accountID) else { throw .unknownVideo(id) }
        return .json(job.json(status))
    }

    /// `GET /videos/{jobId}/content?index=0`.
    static let getVideoContent = Operation(
        "listVideosContent",
        .get,
        "/videos/:id/content",
        .inferenceKey,
        reads: .query([QueryParameter("index", .integer(in: 0...Int.max))])
    ) {
        call throws(APIError) in
        let id = call.pathParameters["id"] ?? ""
        let text = call.request.target.queryValue("index") ?? "0"
        guard let index = Int(text), index >= 0 else {
            throw .invalidField("index", expected: "an integer of at least 0", found: JSON.string(text).text)
        }
        guard let (job, status) = call.world.video(id, key: call.accountID) else { throw .unknownVideo(id) }
        guard status == .completed else { throw .videoNotReady(id, status) }
        // A job makes one video.
        guard index == 0 else { throw .unknownVideo("\(id) of index \(index)") }
        return OperationAnswer(
            fields: [.contentType: SyntheticVideo.mediaType],
            frames: [Frame(bytes: ByteBuffer(bytes: job.mp4))]
        )
    }

    /// `GET /videos/models`.
    static let getVideoModels = Operation("listVideosModels", .get, "/videos/models", .anybody) {
        call throws(APIError) in
        .json(VideoModels.list(in: call.catalog))
    }
}

extension ModelCall {
    fileprivate func videoJob(_ request: VideoRequest) throws(APIError) -> VideoJob {
        let routed = try route()
        var served = routed.served
        var record = record(of: served, routed.turns)
        record.usage = request.promptUsage
        if routed.failure == nil {
            let price = Pricing.Cost(completion: VideoModels.pricePerSecond * request.durationSeconds)
            record.charge(call.billed(price, to: served.candidate), Charges())
        }
        return VideoJob(
            id: served.callGenerator.alphanumeric(20),
            record: record,
            origin: call.request.origin,
            request: request,
            seed: served.generator.next(),
            failure: routed.failure
        )
    }
}

extension Request {
    /// `http://` and the host that the client has called; empty when it named none.
    fileprivate var origin: String {
        fields.first { $0.name.canonicalName == "host" }.map { "http://" + $0.value } ?? ""
    }
}

/// The wordings are ours.
extension APIError {
    fileprivate static func unknownVideo(_ id: String) -> APIError {
        APIError(status: 404, message: "Video \(id) not found", metadata: ["error_type": "not_found"])
    }

    fileprivate static func videoNotReady(_ id: String, _ status: VideoJob.Status) -> APIError {
        APIError(
            status: 400,
            message: "Video \(id) has no content: its status is \(status.rawValue)",
            metadata: ["error_type": "invalid_request"]
        )
    }
}

internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes

/// Batches, which are beside v1 (reference: platform §5.11).
extension Operation {
    /// `POST /api/beta/batches`: 202 and a batch.
    ///
    /// The lines are answered at once, and told when their time has come.
    static let createBatch = Operation(
        "createBatch",
        .post,
        "/api/beta/batches",
        .inferenceKey,
        reads: .body(.batchBody),
        status: 202
    ) {
        call throws(APIError) in
        let body = try call.document()
        let request = try BatchRequest(reading: body)
        try call.checkSpending()
        let answers = BatchAnswers(call: call, request: request)
        try answers.checkModel()
        var generator = call.world.generator(forRequestDigest: call.contentDigest(of: body))
        let id = "batch_" + generator.hexadecimal(32)
        let createdAt = call.world.now
        var failure: APIError?
        do throws(APIError) {
            try BatchValidation(request: request, catalog: call.catalog).check()
        } catch {
            failure = error
        }
        let records = BatchRecords()
        let job = BatchJob(
            id: id,
            accountID: call.accountID,
            request: request,
            createdAt: createdAt,
            results: failure == nil ? answers.results(bookedIn: records, using: &generator) : [],
            records: records.all,
            failure: failure
        )
        call.world.add(job)
        return job.answer(at: createdAt)
    }

    /// `GET /api/beta/batches/{id}`.
    static let getBatch = Operation("getBatch", .get, "/api/beta/batches/:id", .inferenceKey) { call throws(APIError) in
        let id = call.pathParameters["id"] ?? ""
        guard let (job, time) = call.world.pollBatch(id, accountID: call.accountID) else { throw .unknownBatch(id) }
        return job.answer(at: time)
    }
}

extension APIError {
    /// The wording is ours.
    fileprivate static func unknownBatch(_ id: String) -> APIError {
        APIError(status: 404, message: "Batch \(id) not found", metadata: ["error_type": "not_found"])
    }
}

internal import HTTPTypes
internal import OpenRouterAPI

extension Operation {
    /// `POST /rerank` (reference: inference §6.2).
    static let createRerank = Operation("createRerank", .post, "/rerank", .inferenceKey, reads: .body(.rerankBody)) {
        call throws(APIError) in
        let body = try call.document()
        let request = try RerankRequest(reading: body, now: call.world.now)
        let modelCall = ModelCall(
            call: call,
            digest: call.contentDigest(of: body),
            routing: request.routing,
            apiType: .rerank,
            idKind: "rerank"
        )
        return try modelCall.answer { served throws(APIError) in
            let model = SyntheticEmbedding(model: served.candidate.model.canonicalSlug, seed: call.world.seed)
            let ranking = Ranking(request, by: model)
            return ModelCall.Made(usage: request.usage, charges: Charges(searchUnits: request.searchUnits)) {
                identity,
                usage in
                .json(ranking.body(identity, usage))
            }
        }
    }
}

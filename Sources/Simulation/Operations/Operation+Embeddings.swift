internal import HTTPTypes
internal import OpenRouterAPI

extension Operation {
    /// `POST /embeddings` (reference: inference §6.1).
    static let createEmbeddings = Operation(
        "createEmbeddings",
        .post,
        "/embeddings",
        .inferenceKey,
        reads: .body(.embeddingsBody)
    ) {
        call throws(APIError) in
        let body = try call.document()
        let request = try EmbeddingsRequest(reading: body, now: call.world.now)
        let modelCall = ModelCall(
            call: call,
            digest: call.contentDigest(of: body),
            routing: request.routing,
            apiType: .embeddings,
            user: request.user,
            cached: CachedCall(call, body)
        )
        return try modelCall.answer { served throws(APIError) in
            let candidate = served.candidate
            let model = SyntheticEmbedding(model: candidate.model.canonicalSlug, seed: call.world.seed)
            let vectors = try request.vectors(model, window: candidate.endpoint.contextLength)
            let list = EmbeddingList(vectors, request.encoding)
            return ModelCall.Made(usage: request.usage) { identity, usage in list.answer(identity, usage) }
        }
    }
}

internal import OpenRouterAPI

/// Documents in the order of their relevance to a query.
struct Ranking: Sendable {
    private struct Result {
        var index: Int
        var score: Double
    }

    private let request: RerankRequest
    private let results: [Result]

    /// - Parameters:
    ///   - request: query and documents.
    ///   - model: whose vectors tell what is alike.
    init(_ request: RerankRequest, by model: SyntheticEmbedding) {
        let query = model.vector(of: request.query)
        let results = request.documents.enumerated().map { index, document in
            let features = document.features
            let nearness = max(0, SyntheticEmbedding.cosine(query, model.vector(of: features)))
            return Result(index: index, score: Self.score((nearness + request.query.overlap(with: features)) / 2))
        }
        self.request = request
        self.results = Array(
            results.sorted { ($1.score, $0.index) < ($0.score, $1.index) }.prefix(request.limit ?? results.count)
        )
    }

    /// As far apart as rerankers' scores are: what shares no word with the query is near 0.
    ///
    /// - Parameter likeness: 0 to 1.
    /// - Returns: a number between 0 and 1, both excluded, with seven decimals.
    private static func score(_ likeness: Double) -> Double {
        let square = likeness * likeness
        let curve = square * (1.5 - 0.5 * square)
        return ((0.0005 + 0.999 * min(curve, 1)) * 1e7).rounded() / 1e7
    }

    func body(_ identity: AnswerIdentity, _ usage: UsageEncoder) -> JSON {
        [
            "id": .string(identity.id),
            "model": .string(identity.model),
            "provider": .string(identity.provider),
            "results": .array(
                results.map { result in
                    [
                        "index": .integer(result.index),
                        "relevance_score": .number(result.score),
                        "document": request.documents[result.index].json,
                    ]
                }
            ),
            "usage": usage.rerank,
        ]
    }
}

extension RerankRequest.Document {
    fileprivate var features: TextFeatures {
        var features = TextFeatures()
        if let text { features.add(text: text) }
        if let image { features.add(medium: image.utf8) }
        return features
    }

    fileprivate var json: JSON {
        var members: JSONObject = [:]
        members.append("text", text.map { .string($0) })
        members.append("image", image.map { .string($0) })
        return .object(members)
    }
}

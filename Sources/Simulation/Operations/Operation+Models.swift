internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes

extension Operation {
    /// `GET /models` (reference: platform §2.1 to §2.4).
    static let getModels = Operation(.get, "/models", .none) { call throws(APIError) in
        let query = try ModelsQuery(call.request.target.queryItems)
        let page = query.page(of: call.catalog.models)
        return .json(
            [
                "data": .array(page.models.map(\.json)),
                "total_count": .integer(page.totalCount),
                "links": ["next": page.next.map { .string($0) } ?? .null],
            ],
            fields: [.cacheControl: "public, max-age=120"]
        )
    }

    /// `GET /models/count`.
    static let getModelsCount = Operation(.get, "/models/count", .none) { call throws(APIError) in
        let query = try ModelsQuery(call.request.target.queryItems.filter { $0.name == "output_modalities" })
        return .json(["data": ["count": .integer(query.page(of: call.catalog.models).totalCount)]])
    }
}

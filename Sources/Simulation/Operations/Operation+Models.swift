internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import Tapes

extension Operation {
    /// `GET /models` (reference: platform §2.1 to §2.4).
    static let getModels = Operation("getModels", .get, "/models", .anybody, reads: .query(ModelsQuery.parameters)) {
        call throws(APIError) in
        let query = try ModelsQuery(call.request.target.queryItems, now: call.world.now)
        let page = query.page(of: call.catalog.models)
        let cacheControl: HTTPFields = [.cacheControl: "public, max-age=120"]
        guard call.query.isOn("use_rss") else { return .models(page, fields: cacheControl) }
        return .feed(ModelFeed(models: page.models, linksToChat: call.query.isOn("use_rss_chat_links")), cacheControl)
    }

    /// `GET /models/count`.
    static let getModelsCount = Operation(
        "listModelsCount",
        .get,
        "/models/count",
        .anybody,
        reads: .query([QueryParameter("output_modalities", .text)])
    ) { call throws(APIError) in
        let modalities = call.request.target.queryItems.filter { $0.name == "output_modalities" }
        let query = try ModelsQuery(modalities, now: call.world.now)
        return .json(["data": ["count": .integer(query.page(of: call.catalog.models).totalCount)]])
    }

    /// `GET /models/user`: what the guardrails of the key leave of the models.
    static let getUserModels = Operation(
        "listModelsUser",
        .get,
        "/models/user",
        .inferenceKey,
        reads: .query(ModelsQuery.parameters)
    ) {
        call throws(APIError) in
        let query = try ModelsQuery(call.request.target.queryItems, path: "/models/user", now: call.world.now)
        let restrictions = call.caller.guardrails.restrictions
        guard !restrictions.isEmpty else { return .models(query.page(of: call.catalog.models)) }
        return .models(query.page(of: call.catalog.models.filter { restrictions.admit($0, in: call.catalog) }))
    }

    /// `GET /embeddings/models`; only paging is a parameter.
    static let getEmbeddingModels = Operation(
        "listEmbeddingsModels",
        .get,
        "/embeddings/models",
        .anybody,
        reads: .query(ModelsQuery.page)
    ) {
        call throws(APIError) in
        let paging = call.request.target.queryItems.filter { ["offset", "limit"].contains($0.name) }
        let query = try ModelsQuery(paging, path: "/embeddings/models", output: .embeddings, now: call.world.now)
        return .models(query.page(of: call.catalog.models))
    }

    /// `GET /model/{author}/{slug}`, in the singular: one row, also by permanent slug or with a variant.
    static let getModel = Operation("getModel", .get, "/model/:author/:slug", .anybody) { call throws(APIError) in
        .json(["data": try call.namedModel().json])
    }
}

extension OperationAnswer {
    fileprivate static func feed(_ feed: ModelFeed, _ fields: HTTPFields) -> OperationAnswer {
        var all: HTTPFields = [.contentType: "application/rss+xml"]
        all.append(contentsOf: fields)
        return OperationAnswer(fields: all, frames: [Frame(bytes: ByteBuffer(string: feed.xml))])
    }

    /// Schema `ModelsListResponse`.
    fileprivate static func models(_ page: ModelsQuery.Page, fields: HTTPFields = [:]) -> OperationAnswer {
        .json(
            [
                "data": .array(page.models.map(\.json)),
                "total_count": .integer(page.totalCount),
                "links": ["next": page.next.map { .string($0) } ?? .null],
            ],
            fields: fields
        )
    }
}

extension Call {
    /// The row that the path's author and slug name.
    ///
    /// - Throws: ``APIError`` 404 when there is none.
    func namedModel() throws(APIError) -> CatalogModel {
        let slug = "\(pathParameters["author", default: ""])/\(pathParameters["slug", default: ""])"
        guard let model = catalog.row(named: slug) else {
            throw APIError(status: 404, message: "Model \(slug) not found")
        }
        return model
    }
}

internal import HTTPTypes
internal import OpenRouterAPI

extension Operation {
    /// `GET /images/models` (reference: platform §2.6).
    static let getImageModels = Operation("listImageModels", .get, "/images/models", .anybody) {
        call throws(APIError) in
        .json(["data": .array(ImageModels.all(in: call.catalog).map(ImageModels.listItem))])
    }

    /// `GET /images/models/{author}/{slug}/endpoints`.
    static let getImageModelEndpoints = Operation(
        "listImageModelEndpoints",
        .get,
        "/images/models/:author/:slug/endpoints",
        .anybody
    ) { call throws(APIError) in
        let id = "\(call.pathParameters["author"] ?? "")/\(call.pathParameters["slug"] ?? "")"
        guard let model = ImageModels.all(in: call.catalog).first(where: { $0.id == id || $0.canonicalSlug == id })
        else { throw .unknownImageModel(id) }
        return .json([
            "id": .string(model.id),
            "endpoints": .array(model.endpoints.map { ImageModels.endpoint($0, of: model) }),
        ])
    }
}

extension APIError {
    /// The wording is ours.
    fileprivate static func unknownImageModel(_ id: String) -> APIError {
        APIError(status: 404, message: "Image model \(id) not found", metadata: ["error_type": "not_found"])
    }
}

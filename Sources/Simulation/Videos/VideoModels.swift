internal import OpenRouterAPI

/// What `/videos/models` tells of the catalog's video models, and what videos cost (reference: platform §2.6).
enum VideoModels {
    /// Of a second of any video; an approximation, since the catalog has no prices for video: a published example has
    /// 0.4 USD for one of eight seconds (reference: inference §6.4).
    static let pricePerSecond = USD(picodollars: 50_000_000_000)

    /// Schema `VideoModelsListResponse`.
    static func list(in catalog: Catalog) -> JSON {
        let models = catalog.models.filter {
            !$0.isLegacy && !$0.endpoints.isEmpty && $0.outputModalities.contains("video")
        }
        return ["data": .array(models.map(item))]
    }

    private static func item(_ model: CatalogModel) -> JSON {
        let seesImages = model.inputModalities.contains("image")
        return [
            "id": .string(model.id),
            "canonical_slug": .string(model.canonicalSlug),
            "name": .string(model.name),
            "created": .integer(model.created),
            "description": model.json.members?["description"] ?? "",
            "supported_resolutions": .array(VideoShape.Resolution.allCases.map { .string($0.rawValue) }),
            "supported_aspect_ratios": .array(VideoShape.aspectRatios.map { .string($0) }),
            "supported_sizes": .null,
            "supported_durations": .array(VideoRequest.durations.map { .integer($0) }),
            "supported_frame_images": seesImages
                ? .array(VideoRequest.FrameType.allCases.map { .string($0.rawValue) }) : .null,
            "upscale_factor": .null,
            "creativity": .null,
            "generate_audio": true,
            "seed": true,
            "pricing_skus": ["duration_seconds": .string(pricePerSecond.decimalText)],
            "allowed_passthrough_parameters": [],
        ]
    }
}

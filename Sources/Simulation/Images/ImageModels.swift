internal import OpenRouterAPI

/// What `/images/models` tells of the catalog's image models (reference: platform §2.6).
///
/// The synthetic pictures are alike for all models, so all of them support what this simulation supports; what they
/// differ in is references, seeds, streams and prices.
enum ImageModels {
    /// Providers that stream pictures by themselves; others answer `stream: true` with a whole body.
    ///
    /// Source: schema `ImageGenerationRequest.stream`, "currently OpenAI" (August 2026).
    private static let streamingProviders: Set<String> = ["openai"]

    /// Those that are served and listed.
    static func all(in catalog: Catalog) -> [CatalogModel] {
        catalog.models.filter { !$0.isLegacy && !$0.endpoints.isEmpty && $0.outputModalities.contains("image") }
    }

    static func streams(_ endpoint: CatalogEndpoint) -> Bool {
        streamingProviders.contains(endpoint.provider.slug)
    }

    /// Schema `ImageModelListItem`.
    static func listItem(_ model: CatalogModel) -> JSON {
        let own = model.json.members
        return [
            "id": .string(model.id),
            "name": .string(model.name),
            "created": .integer(model.created),
            "description": own?["description"] ?? "",
            "architecture": [
                "input_modalities": .array(model.inputModalities.map { .string($0) }),
                "output_modalities": .array(model.outputModalities.map { .string($0) }),
            ],
            "supported_parameters": supportedParameters(of: model, model.supportedParameters),
            "supports_streaming": .bool(model.endpoints.contains(where: streams)),
            "endpoints": .string("/api/v1/images/models/\(model.id)/endpoints"),
        ]
    }

    /// Schema `ImageEndpoint`.
    static func endpoint(_ endpoint: CatalogEndpoint, of model: CatalogModel) -> JSON {
        [
            "provider_name": .string(endpoint.provider.name),
            "provider_slug": .string(endpoint.provider.slug),
            "provider_tag": .string(endpoint.tag),
            "supported_parameters": supportedParameters(of: model, endpoint.supportedParameters),
            "supports_streaming": .bool(streams(endpoint)),
            "allowed_passthrough_parameters": [],
            "pricing": .array(prices(endpoint.pricing)),
        ]
    }
}

// MARK: - Parameters and prices

extension ImageModels {
    private static func supportedParameters(of model: CatalogModel, _ names: [String]) -> JSON {
        var members: JSONObject = [
            "resolution": words(ImageShape.Tier.allCases.map(\.rawValue)),
            "aspect_ratio": words(ImageShape.aspectRatios),
            "n": range(ImageRequest.counts),
            "quality": words(ImageRequest.Quality.allCases.map(\.rawValue)),
            "background": words(ImageRequest.Background.allCases.map(\.rawValue)),
            "output_format": words(ImageFormat.allCases.map(\.rawValue)),
            "output_compression": range(ImageRequest.compressions),
        ]
        if model.inputModalities.contains("image") {
            members.append("input_references", range(0...ImageRequest.mostReferences))
        }
        if names.contains("seed") { members.append("seed", ["type": "boolean"]) }
        return .object(members)
    }

    private static func words(_ words: [String]) -> JSON {
        ["type": "enum", "values": .array(words.map { .string($0) })]
    }

    private static func range(_ range: ClosedRange<Int>) -> JSON {
        ["type": "range", "min": .integer(range.lowerBound), "max": .integer(range.upperBound)]
    }

    /// Schema `ImagePricingEntry`; what costs nothing is left out.
    private static func prices(_ pricing: Pricing) -> [JSON] {
        let lines: [(PriceKind, billable: String, unit: String)] = [
            (.imageOutput, "output_image", "image"),
            (.completion, "output_image", "token"),
            (.image, "input_image", "image"),
            (.prompt, "input_text", "token"),
        ]
        return lines.compactMap { line in
            guard let price = pricing[line.0], price > .zero else { return nil }
            return ["billable": .string(line.billable), "unit": .string(line.unit), "cost_usd": price.json]
        }
    }
}

internal import OpenRouterAPI

/// Which model on which endpoint answers, and how the answer names it.
package struct Route: Sendable {
    package let model: CatalogModel
    package let endpoint: CatalogEndpoint

    /// The router that chose the model, such as `openrouter/auto`; nil when the client named it.
    package let router: String?

    /// `model` of the answer: the permanent slug, as observed since March 2026; variants keep their suffix.
    package var servedModel: String {
        model.id.contains(":") ? model.id : model.canonicalSlug
    }
}

/// Chooses a route for what a client asked.
///
/// So far: ids, permanent slugs, `~latest` aliases, dynamic variants, and the price-weighted choice among a model's
/// healthy endpoints. Preferences, fallbacks and the smart routers come with the full router.
struct Router {
    private static let dynamicVariants = [":nitro", ":floor", ":exacto", ":online"]

    /// What `openrouter/auto` chooses from.
    private static let automaticModels = [
        "openai/gpt-4o-mini", "anthropic/claude-haiku-4.5", "google/gemini-2.5-flash", "openai/gpt-4.1-mini",
    ]

    /// What chat and text completions can bring; models of embeddings or speech have endpoints of their own.
    private static let conversationalModalities: Set<String> = ["text", "image", "audio"]

    let catalog: Catalog

    /// - Parameters:
    ///   - slug: nil for the account's default model, `openrouter/auto`.
    ///   - generator: chooses among models and among endpoints.
    /// - Returns: the model and the endpoint that answer.
    /// - Throws: ``APIError`` 400 for an unknown model or one of another endpoint, 404 for one that nobody serves.
    func route(to slug: String?, using generator: inout SeededGenerator) throws(APIError) -> Route {
        let requested = slug ?? "openrouter/auto"
        guard var model = catalog[withoutDynamicVariants(requested)] else { throw .invalidModel(requested) }
        var router: String?
        if model.author == "openrouter", model.endpoints.isEmpty {
            router = model.id
            guard let choice = generator.choice(of: candidates(of: model.id)) else {
                throw .noEndpoints(requested)
            }
            model = choice
        } else if let target = model.aliasTarget.flatMap({ catalog[$0] }) {
            model = target
        }
        guard model.outputModalities.contains(where: Self.conversationalModalities.contains) else {
            throw .wrongEndpoint(requested, outputs: model.outputModalities)
        }
        guard let endpoint = endpoint(of: model, using: &generator) else { throw .noEndpoints(requested) }
        return Route(model: model, endpoint: endpoint, router: router)
    }

    private func withoutDynamicVariants(_ slug: String) -> String {
        var slug = slug
        while let suffix = Self.dynamicVariants.first(where: slug.hasSuffix), catalog[slug] == nil {
            slug.removeLast(suffix.count)
        }
        return slug
    }

    private func candidates(of router: String) -> [CatalogModel] {
        router == "openrouter/free"
            ? catalog.models.filter { $0.pricing.isFree && !$0.endpoints.isEmpty && $0.isListedByDefault }
            : Self.automaticModels.compactMap { catalog[$0] }
    }

    /// One of the healthy endpoints, or of all when none is, with weight 1/price² (reference: platform §1.6).
    private func endpoint(of model: CatalogModel, using generator: inout SeededGenerator) -> CatalogEndpoint? {
        let healthy = model.endpoints.filter { $0.status >= 0 }
        let endpoints = healthy.isEmpty ? model.endpoints : healthy
        guard endpoints.count > 1 else { return endpoints.first }
        let weights = endpoints.map { endpoint in
            let price = (endpoint.pricing.prompt ?? .zero).dollars + (endpoint.pricing.completion ?? .zero).dollars
            return price > 0 ? 1 / (price * price) : 1e24
        }
        var point = generator.fraction() * weights.reduce(0, +)
        for (endpoint, weight) in zip(endpoints, weights) {
            point -= weight
            if point < 0 { return endpoint }
        }
        return endpoints.last
    }
}

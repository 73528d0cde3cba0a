package import OpenRouterAPI

/// How a model was chosen (schema `RoutingStrategy`).
package enum RoutingStrategy: String, Sendable, CaseIterable {
    case direct, auto, free, latest, alias, fallback, pareto, bodybuilder, fusion
}

/// An endpoint that may serve a request.
package struct RouteCandidate: Sendable {
    package let model: CatalogModel
    package let endpoint: CatalogEndpoint

    /// Whether the prompt has to be cut to fit into this endpoint's window.
    package var isCompressed = false

    /// Which of the requested slugs led here; above 0 it is a fallback.
    package var requestIndex = 0

    /// Whether the batch API serves the request at half the row's price.
    var isHalfPrice = false

    /// The provider's key of the account's own that is used; nil for OpenRouter's.
    var ownKeyID: String?

    /// The router that chose the model; nil when the client named it.
    var smartRouter: SmartRouter?

    /// The id of the router that chose the model, such as `openrouter/auto`.
    package var router: String? { smartRouter?.rawValue }

    /// What the request is charged by.
    var pricing: Pricing { isHalfPrice ? endpoint.pricing.halved : endpoint.pricing }

    /// Whether the account pays the provider itself.
    package var isBYOK: Bool { ownKeyID != nil }

    /// Names the endpoint among all of the catalog.
    package var key: String { "\(model.id)@\(endpoint.tag)" }

    /// `model` of the answer: the permanent slug, as observed since March 2026; listed variants keep their suffix.
    package var servedModel: String { model.permanentName }
}

/// Where a request goes, as far as it can be said before anybody is asked.
package struct RoutePlan: Sendable {
    /// The first slug as sent.
    package var requested: String
    package var strategy: RoutingStrategy

    /// In order of trial; never empty in a plan that the router returns.
    package var candidates: [RouteCandidate] = []

    /// All endpoints of the models, before the filters; in the catalog's order.
    package var considered: [RouteCandidate] = []

    /// The models whose answers a fusion merges, one endpoint each; empty for all other requests.
    package var panel: [RouteCandidate] = []

    /// What the router worked with (schema `RouterParams`).
    package var params: JSONObject?

    /// Whether a slug ended in `:online`, which stands for the web plugin.
    package var attachesWebPlugin = false

    /// The router that chose the first candidate.
    package var router: String? { candidates.first?.router }
}

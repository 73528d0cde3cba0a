internal import OpenRouterAPI
internal import Tapes

/// Chooses who may serve a request, and in which order.
///
/// A pure function of the catalog, the request and the seed; docs/routing.md tells the rules.
struct Router {
    /// What serves a request that names no model (reference: platform §1.1).
    private static let defaultModel = "openrouter/auto"

    /// A router's choice is backed up by as many other models, less one.
    private static let longestChoice = 3

    let catalog: Catalog

    /// Plans a request.
    ///
    /// - Parameters:
    ///   - request: what is asked for.
    ///   - generator: chooses among models and among endpoints.
    /// - Returns: a plan with at least one candidate.
    /// - Throws: ``APIError`` of the last model when none can be served.
    func plan(
        for request: RoutingRequest,
        using generator: inout SeededGenerator
    ) throws(APIError) -> RoutePlan {
        var planning = Planning(catalog: catalog, request: request.withDefaults(model: Self.defaultModel))
        var plan = try planning.plan(choiceLimit: Self.longestChoice, using: &generator)
        // The prices of `:batch` rows are those of the batch API already.
        for place in plan.candidates.indices where request.isBatch {
            plan.candidates[place].isHalfPrice = !plan.candidates[place].model.id.hasSuffix(":batch")
        }
        return plan
    }
}

extension RoutingRequest {
    /// The same with a model, and with each model once.
    fileprivate func withDefaults(model: String) -> RoutingRequest {
        guard models.count != 1 else { return self }
        var copy = self
        copy.models = models.isEmpty ? [model] : []
        for model in models where !copy.models.contains(model) { copy.models.append(model) }
        return copy
    }
}

/// One plan in the making.
private struct Planning {
    let catalog: Catalog
    let request: RoutingRequest
    let filter: EndpointFilter
    var plan: RoutePlan
    var failure: APIError?
    /// Of the first slug that could be resolved; where all endpoints are sorted together, it speaks for all.
    var variants: DynamicVariants?

    init(catalog: Catalog, request: RoutingRequest) {
        self.catalog = catalog
        self.request = request
        filter = EndpointFilter(request)
        plan = RoutePlan(requested: request.requested ?? request.models[0], strategy: .direct)
    }

    mutating func plan(choiceLimit: Int, using generator: inout SeededGenerator) throws(APIError) -> RoutePlan {
        for (index, slug) in request.models.enumerated() {
            do throws(APIError) {
                try add(slug, at: index, choiceLimit, using: &generator)
            } catch {
                failure = error
            }
        }
        if plan.candidates.isEmpty, var failure {
            if !plan.considered.isEmpty {
                failure.routerMetadata = RouterMetadata.json(plan: plan, attempts: [], selected: nil)
            }
            throw failure
        }
        sortTogether(using: &generator)
        if plan.candidates[0].requestIndex > 0 { plan.strategy = .fallback }
        return plan
    }

    private mutating func add(
        _ slug: String,
        at index: Int,
        _ choiceLimit: Int,
        using generator: inout SeededGenerator
    ) throws(APIError) {
        let resolved = try SlugResolver(catalog: catalog, request: request).resolve(slug, using: &generator)
        if variants == nil {
            variants = resolved.variants
            plan.strategy = resolved.strategy
            plan.params = resolved.params
        }
        if resolved.variants.attachesWebPlugin { plan.attachesWebPlugin = true }
        // A model that another slug led to already is not tried again.
        let models = resolved.models.filter { model in !plan.candidates.contains { $0.model === model } }
        let chosen = try candidates(of: models, resolved, at: index, atMost: choiceLimit, using: &generator)
        plan.candidates += chosen.joined()
        let panel = resolved.panel
        plan.panel += try candidates(of: panel, resolved, at: index, atMost: panel.count, using: &generator).map {
            $0[0]
        }
    }

    /// The candidates of the first so many models that can be served, in order of trial.
    ///
    /// - Throws: ``APIError`` when there are models and none can be served.
    private mutating func candidates(
        of models: [CatalogModel],
        _ slug: ResolvedSlug,
        at index: Int,
        atMost limit: Int,
        using generator: inout SeededGenerator
    ) throws(APIError) -> [[RouteCandidate]] {
        var served: [[RouteCandidate]] = []
        var failure: APIError?
        for model in models where served.count < limit {
            do throws(APIError) {
                served.append(try candidates(of: model, slug, at: index, using: &generator))
            } catch {
                failure = error
            }
        }
        guard served.isEmpty, let failure else { return served }
        throw slug.router?.hasRestrictions == true ? .noModelsMatch(requestedModels: request.models) : failure
    }

    /// The model's candidates in order of trial.
    private mutating func candidates(
        of model: CatalogModel,
        _ slug: ResolvedSlug,
        at index: Int,
        using generator: inout SeededGenerator
    ) throws(APIError) -> [RouteCandidate] {
        if !plan.considered.contains(where: { $0.model === model }) {
            for endpoint in model.endpoints {
                plan.considered.append(
                    RouteCandidate(model: model, endpoint: endpoint, requestIndex: index, smartRouter: slug.router)
                )
            }
        }
        var candidates = try filter.candidates(of: model, for: slug)
        if index > 0 {
            for place in candidates.indices { candidates[place].requestIndex = index }
        }
        if !isPartitioned { return candidates }
        EndpointOrder(request, slug.variants).arrange(&candidates, using: &generator)
        return candidates
    }

    /// Whether each model's endpoints stay together.
    private var isPartitioned: Bool {
        request.preferences.partition ?? request.partition ?? .model == .model
    }

    /// Sorts what is not partitioned; and lets thresholds prefer a fallback model that meets them (schema
    /// `PreferredMaxLatency`).
    private mutating func sortTogether(using generator: inout SeededGenerator) {
        guard isPartitioned else {
            return EndpointOrder(request, variants ?? DynamicVariants()).arrange(&plan.candidates, using: &generator)
        }
        let preferences = request.preferences
        guard request.models.count > 1, preferences.order.isEmpty,
            preferences.preferredMinimumThroughput != nil || preferences.preferredMaximumLatency != nil
        else { return }
        let isMet = plan.candidates.map { preferences.meetsThresholds($0.endpoint) }
        plan.candidates =
            zip(plan.candidates, isMet).filter(\.1).map(\.0) + zip(plan.candidates, isMet).filter { !$0.1 }.map(\.0)
    }
}

internal import OpenRouterAPI
internal import Tapes

extension Call {
    /// Plans the way of a request to its providers, and counts it where a free model is to serve it.
    ///
    /// - Parameters:
    ///   - routing: what is asked for.
    ///   - ids: of the generation that it would be.
    ///   - generator: seeded by what counts in the request; moves on by one number.
    /// - Returns: a plan with at least one candidate.
    /// - Throws: ``APIError`` 429 beyond the limits of free models; 400 or 404 when nobody can serve it, under the
    ///   generation's id once endpoints have been looked at, unlike what fails before (reference: inference §5.3).
    func route(
        _ routing: RoutingRequest,
        _ ids: GenerationIDs,
        using generator: inout SeededGenerator
    ) throws(APIError) -> RoutePlan {
        let plan: RoutePlan
        do throws(APIError) {
            plan = try self.plan(routing, using: &generator)
        } catch {
            var failure = error
            if failure.routerMetadata != nil { failure.generationID = ids.generation }
            throw failure
        }
        try countFreeRequest(plan)
        return plan
    }

    /// Plans the way of a request with what the caller's account has settled for its routes.
    ///
    /// - Throws: ``APIError`` of the last model when none can be served.
    func plan(_ routing: RoutingRequest, using generator: inout SeededGenerator) throws(APIError) -> RoutePlan {
        var routing = routing
        routing.isBatch = batch != nil
        routing.defaultSort = caller.workspace.defaultProviderSort
        routing.ownKeys = caller.ownKeys
        routing.restrictions = caller.guardrails.restrictions
        var branch = generator.branch(mixing: "route")
        return try Router(catalog: catalog).plan(for: routing, using: &branch)
    }
}

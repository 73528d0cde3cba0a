internal import OpenRouterAPI

extension Call {
    /// Plans the way of a request to its providers.
    ///
    /// - Parameters:
    ///   - routing: what is asked for.
    ///   - ids: of the generation that it would be.
    ///   - generator: seeded by what counts in the request; moves on by one number.
    /// - Returns: a plan with at least one candidate.
    /// - Throws: ``APIError`` 400 or 404 when nobody can serve it; under the generation's id once endpoints have been looked
    ///   at, unlike what fails before (reference: inference §5.3).
    func route(
        _ routing: RoutingRequest,
        _ ids: GenerationIDs,
        using generator: inout SeededGenerator
    ) throws(APIError) -> RoutePlan {
        var branch = generator.branch(mixing: "route")
        do throws(APIError) {
            return try Router(catalog: catalog).plan(for: routing, using: &branch)
        } catch {
            var failure = error
            if failure.routerMetadata != nil { failure.generationID = ids.generation }
            throw failure
        }
    }
}

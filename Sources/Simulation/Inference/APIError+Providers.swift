internal import OpenRouterAPI

extension APIError {
    /// What the client is told when every provider tried has failed: the last failure, and the earlier ones in short
    /// (reference: inference §1.9, platform §1.7, §1.9).
    ///
    /// - Parameters:
    ///   - turns: at least one.
    ///   - requested: slugs as sent.
    /// - Returns: the last failure's status and words.
    static func providersFailed(_ turns: [ProviderTurns.Turn], requested: [String]) -> APIError {
        let failed = turns.compactMap { turn in turn.failure.map { (turn.candidate, $0) } }
        guard let (candidate, failure) = failed.last else { preconditionFailure("some provider has failed") }
        var error = failure.inAnswer
        guard failure.status != 500 else { return error }
        error.metadata?.append("provider_name", .string(candidate.endpoint.provider.name))
        error.metadata?.append("is_byok", .bool(candidate.isBYOK))
        let hint = failed.compactMap { $0.1.retryAfter }.min()
        if let hint {
            error.metadata?.append("retry_after_seconds", .integer(hint))
            if failure.status == 429 || failure.status == 503 || failure.status == 529 {
                error.fields.append(Field("Retry-After", "\(hint)"))
            }
        }
        // The source of a limit on the account's own key was never seen.
        if failure.status == 429, !candidate.isBYOK {
            error.metadata?.append("limit_source", "upstream_provider_shared_pool")
        }
        if failed.count > 1 {
            error.metadata?.append(
                "previous_errors",
                .array(failed.dropLast().map { $0.1.summary(by: $0.0.endpoint.provider) })
            )
        }
        error.availability = availability(failed, requested: requested, retryAfter: hint)?.json
        return error
    }

    /// Nil for failures that are not about whether the model can be had.
    private static func availability(
        _ failed: [(RouteCandidate, ProviderFailure)],
        requested: [String],
        retryAfter: Int?
    ) -> Availability? {
        guard let last = failed.last?.1, last.isFallbackable else { return nil }
        let code = last.status == 429 ? Availability.Code.capacityExhausted : .temporarilyUnavailable
        var availability = Availability(code, requestedModels: requested)
        availability.retryAfter = retryAfter
        for (candidate, _) in failed {
            let slug = candidate.endpoint.provider.slug
            if !availability.affectedProviders.contains(slug) { availability.affectedProviders.append(slug) }
        }
        return availability
    }
}

extension ProviderFailure {
    /// Slim since 2026-08-19, without what the provider sent.
    fileprivate func summary(by provider: CatalogProvider) -> JSON {
        ["provider": .string(provider.slug), "code": .string(type.rawValue), "status": .integer(status)]
    }
}

internal import OpenRouterAPI

extension [RouteCandidate] {
    /// The same candidates, and those among them that providers' keys of the account's own serve: before all others with
    /// a key that has priority, whatever the order, and after all others with a fallback key (guide: byok; reference:
    /// platform §1.6, §1.19).
    ///
    /// - Parameter keys: in the order of trial.
    /// - Returns: all of them, in the order of trial.
    func served(with keys: [ProviderKey]) -> [RouteCandidate] {
        guard !keys.isEmpty else { return self }
        return copies(with: keys.filter { !$0.isFallback }) + self + copies(with: keys.filter(\.isFallback))
    }

    private func copies(with keys: [ProviderKey]) -> [RouteCandidate] {
        flatMap { candidate in
            keys.filter { $0.serves(candidate.endpoint, of: candidate.model) }.map { key in
                var own = candidate
                own.ownKeyID = key.id
                return own
            }
        }
    }
}

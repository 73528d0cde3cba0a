package import OpenRouterAPI

extension SimulationSettings {
    /// Which OpenRouter is simulated where its answers have changed over time.
    package enum Era: String, Sendable, CaseIterable {
        /// As documented in August 2026.
        case current
        /// As older clients know it, from 2025 and before.
        case legacy
    }
}

extension SimulationSettings.Era {
    /// The status at a key's limit: 402 by the guides, 403 as observed before (reference: platform §3.9).
    package var keyLimitStatus: Int { self == .current ? 402 : 403 }

    /// What a request without a key is told (reference: platform §6.1).
    package var missingCredentials: APIError { self == .current ? .missingCredentials : .legacyMissingCredentials }
}

package import Tapes

/// How the simulation behaves where OpenRouter leaves a choice.
package struct SimulationSettings: Sendable {
    package enum Authentication: String, Sendable, CaseIterable {
        /// Any non-empty key is an account with plenty of credits.
        case open
        /// Only keys that are known.
        case strict
    }

    package var authentication = Authentication.open

    /// Keys that exist from the start, for ``Authentication/strict``, and what they are.
    package var knownKeys: [String: APIKey.Kind] = [:]

    /// Keep-alive comments before the first event of a stream.
    package var keepAliveCount = 0

    package var streamForms = StreamForms()

    package var era = Era.current

    /// How fast the synthetic model talks; what a script waits for is not touched.
    package var timing: Timing

    /// Whether requests to free models are limited by minute and day.
    package var limitsFreeRequests = true

    package init(timing: Timing = .recorded) {
        self.timing = timing
    }

    /// What a token is that no key was created for; nil for none.
    package func kind(ofUnregistered token: String) -> APIKey.Kind? {
        knownKeys[token] ?? (authentication == .open ? .open : nil)
    }
}

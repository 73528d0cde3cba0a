/// How the simulation behaves where OpenRouter leaves a choice.
package struct SimulationSettings: Sendable {
    package enum Authentication: String, Sendable, CaseIterable {
        /// Any non-empty key is an account with plenty of credits.
        case open
        /// Only keys that are known.
        case strict
    }

    package var authentication = Authentication.open

    /// Keys that exist from the start, for ``Authentication/strict``.
    package var knownKeys: Set<String> = []

    /// Keep-alive comments before the first event of a stream.
    package var keepAliveCount = 0

    package init() {}

    /// Whether a key belongs to an account.
    func accepts(key: String) -> Bool {
        authentication == .open || knownKeys.contains(key)
    }
}

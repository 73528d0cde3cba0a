internal import OpenRouterAPI

/// How long a provider keeps the prefix of a prompt (schema `AnthropicCacheControlDirective`).
enum CacheLifetime: String, CaseIterable {
    case fiveMinutes = "5m"
    case oneHour = "1h"
}

extension FieldReader {
    /// Reads and checks `cache_control`.
    ///
    /// - Returns: the directive; nil when the member is missing or null.
    func cacheControl() throws(APIError) -> JSONValue? {
        guard let control = try object("cache_control") else { return nil }
        guard try control.string("type") == "ephemeral" else {
            throw control.invalid("type", expected: "\"ephemeral\"")
        }
        _ = try control.choice("ttl", of: CacheLifetime.self)
        return control.value
    }
}

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
    private func cacheControl() throws(APIError) -> JSONValue? {
        guard let control = try object("cache_control") else { return nil }
        guard try control.string("type") == "ephemeral" else {
            throw control.invalid("type", expected: "\"ephemeral\"")
        }
        _ = try control.choice("ttl", of: CacheLifetime.self)
        return control.value
    }

    /// Reads `cache_control` and marks what was read so far as a prefix that a provider may keep.
    func markCacheBreakpoint(in prompt: inout PromptReader) throws(APIError) {
        if let control = try cacheControl() { prompt.markCacheBreakpoint(control) }
    }
}

package import Tapes

/// Where requests for the API may come in, since base URLs get mistyped: `/api/v1/…`, `/v1/…`, `/chat/completions`.
///
/// All of them mean one canonical path, so that a recording made through one is found through another.
package enum APIPath {
    /// First segments of the API's paths, which it therefore also has at the root (official OpenAPI document).
    private static let resources: Set<Substring> = [
        "activity", "analytics", "audio", "benchmarks", "byok", "chat", "classifications", "completions", "credits",
        "datasets", "embeddings", "endpoints", "files", "generation", "guardrails", "images", "key", "keys", "messages",
        "model", "models", "observability", "organization", "parameters", "presets", "providers", "rerank", "responses",
        "scim", "videos", "workspaces",
    ]

    /// Where `/responses` was before it was part of v1 (OpenRouter, Responses API beta, October 2025).
    private static let alphaResponses = "/api/alpha/responses"

    /// Batches are beside v1 (OpenRouter, Batch API quickstart, August 2026).
    private static let betaBatches = "/beta/batches"

    /// Where users sign in to apps: a page beside the API (reference: platform §4.1).
    package static let signIn = "/auth"

    /// The target below `/api/`, or the page's; nil when it is no path of OpenRouter's.
    package static func canonical(_ target: RequestTarget) -> RequestTarget? {
        if target.path == alphaResponses {
            return RequestTarget("/api/v1/responses" + (target.query.isEmpty ? "" : "?" + target.query))
        }
        if target.path.hasPrefix("/api/") || target.path == "/api" { return target }
        if target.path == signIn { return target }
        let segments = target.path.split(separator: "/", maxSplits: 2)
        guard let first = segments.first else { return nil }
        if first == "v1" { return RequestTarget("/api" + target.raw) }
        if target.path == betaBatches || target.path.hasPrefix(betaBatches + "/") {
            return RequestTarget("/api" + target.raw)
        }
        if resources.contains(first) || first == "auth" {
            return RequestTarget("/api/v1" + target.raw)
        }
        return nil
    }
}

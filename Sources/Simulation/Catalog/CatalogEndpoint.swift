internal import OpenRouterAPI

/// One provider's offer of a model.
package struct CatalogEndpoint: Sendable {
    /// What a row leaves out is the model's.
    struct Defaults {
        var canonicalSlug: String
        var contextLength: Int
        var maxCompletionTokens: Int?
        var supportedParameters: [String]
        var pricing: Pricing
    }

    package let provider: CatalogProvider
    /// The routing slug, with region, quantization or tier: `google-vertex/us-east5`.
    package let tag: String
    package let contextLength: Int
    package let maxCompletionTokens: Int?
    package let quantization: String
    package let pricing: Pricing
    package let supportedParameters: [String]
    /// 0 is healthy; below zero are degraded grades.
    package let status: Int
    /// To the first token, and tokens a second, at the median.
    package let latency: Duration
    package let tokensPerSecond: Double

    init(_ row: JSONValue, defaults: Defaults, providers: [String: CatalogProvider]) {
        let name = row["provider"]?.string ?? ""
        provider = providers[name] ?? CatalogProvider(name: name)
        tag = row["tag"]?.string ?? provider.slug
        contextLength = row["context_length"]?.int ?? defaults.contextLength
        // A null that is written counts: this provider states no limit.
        maxCompletionTokens = row["max_completion_tokens"].map { $0.int } ?? defaults.maxCompletionTokens
        quantization = row["quantization"]?.string ?? "unknown"
        pricing = defaults.pricing.replacing(prompt: row["prompt"]?.string, completion: row["completion"]?.string)
        supportedParameters =
            row["supported_parameters"].map { $0.elements.compactMap(\.string) } ?? defaults.supportedParameters
        status = row["status"]?.int ?? 0
        latency = .milliseconds(Int64(row["latency"]?[0]?.double ?? 500))
        tokensPerSecond = max(1, row["throughput"]?[0]?.double ?? 50)
    }
}

/// Who serves models.
package struct CatalogProvider: Sendable, Hashable {
    /// The display name, as in the `provider` member of answers.
    package let name: String
    package let slug: String

    init(name: String, slug: String? = nil) {
        self.name = name
        self.slug = slug ?? String(name.lowercased().map { $0 == " " || $0 == "." ? "-" : $0 })
    }
}

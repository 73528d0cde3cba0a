internal import OpenRouterAPI

/// One provider's offer of a model.
///
/// A class, so that candidates of a route are cheap to pass on.
package final class CatalogEndpoint: Sendable {
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
    /// The tag up to its first slash.
    let baseTag: String
    package let contextLength: Int
    package let maxCompletionTokens: Int?
    package let quantization: String
    package let pricing: Pricing
    /// From 0 to 1, already off the prices.
    let discount: Double
    package let supportedParameters: [String]
    /// ``supportedParameters``, for those who look for one with each request.
    let parameters: Set<String>
    /// 0 is healthy; below zero are degraded grades.
    package let status: Int
    /// To the first token, and tokens a second, at the median.
    package let latency: Duration
    package let tokensPerSecond: Double
    /// The tier that the tag names.
    package let tier: ServiceTier
    /// Answers without failure in the last five minutes, in percent; nil when there was too little traffic.
    package let recentUptime: Double?
    /// Likewise of the last half hour.
    let halfHourUptime: Double?
    /// Likewise of the last day.
    let dayUptime: Double?
    /// Milliseconds to the first token in the last half hour; nil when there was too little traffic.
    package let latencyMilliseconds: Percentiles?
    /// Tokens a second in the last half hour; nil when there was too little traffic.
    package let throughput: Percentiles?
    /// Whether the provider keeps nothing of a request.
    package let hasZeroDataRetention: Bool
    /// Whether the provider may train on what is sent.
    package let mayTrain: Bool
    /// USD for one prompt token and one completion token, what offers are compared by.
    let combinedPrice: Double
    /// Whether the provider keeps prompts in a cache without being asked.
    let supportsImplicitCaching: Bool

    init(_ row: JSONValue, defaults: Defaults, providers: [String: CatalogProvider]) {
        let name = row["provider"]?.string ?? ""
        provider = providers[name] ?? CatalogProvider(name: name)
        tag = row["tag"]?.string ?? provider.slug
        baseTag = String(tag.prefix { $0 != "/" })
        tier = ServiceTier(ofTag: tag)
        contextLength = row["context_length"]?.int ?? defaults.contextLength
        // A null that is written counts: this provider states no limit.
        maxCompletionTokens = row["max_completion_tokens"].map { $0.int } ?? defaults.maxCompletionTokens
        quantization = row["quantization"]?.string ?? "unknown"
        pricing = defaults.pricing.replacing(prompt: row["prompt"]?.string, completion: row["completion"]?.string)
        discount = row["discount"]?.double ?? 0
        supportedParameters =
            row["supported_parameters"].map { $0.elements.compactMap(\.string) } ?? defaults.supportedParameters
        parameters = Set(supportedParameters)
        status = row["status"]?.int ?? 0
        supportsImplicitCaching = row["supports_implicit_caching"]?.bool ?? false
        recentUptime = row["uptime"]?[0]?.double
        halfHourUptime = row["uptime"]?[1]?.double
        dayUptime = row["uptime"]?[2]?.double
        latencyMilliseconds = row["latency"].flatMap(Percentiles.init)
        throughput = row["throughput"].flatMap(Percentiles.init)
        latency = .milliseconds(Int64(latencyMilliseconds?.p50 ?? 500))
        tokensPerSecond = max(1, throughput?.p50 ?? 50)
        hasZeroDataRetention = row["zdr"]?.bool ?? false
        mayTrain = row["may_train"]?.bool ?? false
        combinedPrice = pricing.combined
    }

    /// A measurement at four ranks.
    package struct Percentiles: Sendable, Hashable {
        package var p50: Double
        package var p75: Double
        package var p90: Double
        package var p99: Double

        init?(_ value: JSONValue) {
            let numbers = value.elements.compactMap(\.double)
            guard numbers.count == 4 else { return nil }
            (p50, p75, p90, p99) = (numbers[0], numbers[1], numbers[2], numbers[3])
        }
    }
}

extension Pricing {
    /// USD for one prompt token and one completion token; 0 where the price varies.
    var combined: Double {
        ((prompt ?? .zero) + (completion ?? .zero)).dollars
    }
}

internal import OpenRouterAPI

/// What can be measured (reference: platform §3.5).
///
/// The names of averages, and those of cached tokens and of BYOK usage, are our own: no page gives them.
enum AnalyticsMetric: String, CaseIterable {
    case requestCount = "request_count"
    case totalUsage = "total_usage"
    case upstreamUsage = "usage_upstream"
    case cacheUsage = "usage_cache"
    case dataUsage = "usage_data"
    case webUsage = "usage_web"
    case fileUsage = "usage_file"
    case byokUsage = "byok_usage"
    case tokens = "tokens_total"
    case promptTokens = "tokens_prompt"
    case completionTokens = "tokens_completion"
    case reasoningTokens = "reasoning_tokens"
    case cachedTokens = "cached_tokens"
    case cacheHitRate = "cache_hit_rate"
    case latency = "avg_latency"
    case generationTime = "avg_generation_time"
    case throughput = "avg_throughput"

    /// What a value is.
    enum Amount {
        case count(Int)
        case dollars(USD)
        case rate(Double)
        /// Nothing of the kind was used.
        case unused
    }
}

extension AnalyticsMetric {
    var label: String {
        switch self {
        case .requestCount: "Request Count"
        case .totalUsage: "Total Usage"
        case .upstreamUsage: "Upstream Usage"
        case .cacheUsage: "Cache Usage"
        case .dataUsage: "Data Usage"
        case .webUsage: "Web Search Usage"
        case .fileUsage: "File Parsing Usage"
        case .byokUsage: "BYOK Usage"
        case .tokens: "Total Tokens"
        case .promptTokens: "Prompt Tokens"
        case .completionTokens: "Completion Tokens"
        case .reasoningTokens: "Reasoning Tokens"
        case .cachedTokens: "Cached Tokens"
        case .cacheHitRate: "Cache Hit Rate"
        case .latency: "Average Latency"
        case .generationTime: "Average Generation Time"
        case .throughput: "Average Throughput"
        }
    }

    var displayFormat: String {
        switch self {
        case .totalUsage, .upstreamUsage, .cacheUsage, .dataUsage, .webUsage, .fileUsage, .byokUsage: "currency"
        case .cacheHitRate: "percent"
        case .latency, .generationTime: "latency"
        case .throughput: "throughput"
        default: "number"
        }
    }

    /// Averaged, not summed.
    var isRate: Bool {
        switch self {
        case .cacheHitRate, .latency, .generationTime, .throughput: true
        default: false
        }
    }

    /// Asked for over 31 days at most (reference: platform §3.5).
    var isOfRecentTime: Bool { displayFormat == "latency" || displayFormat == "throughput" }

    /// The components of ``totalUsage`` add up to it: `usage_upstream` is what the tokens cost without caches, and
    /// `usage_cache` what caches added to that or, below zero, took away.
    func amount(of sums: UsageSums) -> Amount {
        switch self {
        case .requestCount: .count(sums.requests)
        case .totalUsage: .dollars(sums.credits)
        case .upstreamUsage: .dollars(sums.credits - sums.webFees - sums.fileFees + sums.cacheDiscount)
        case .cacheUsage: Self.dollars(.zero - sums.cacheDiscount)
        case .dataUsage: .unused
        case .webUsage: Self.dollars(sums.webFees)
        case .fileUsage: Self.dollars(sums.fileFees)
        case .byokUsage: .dollars(sums.byok)
        case .tokens: .count(sums.promptTokens + sums.completionTokens)
        case .promptTokens: .count(sums.promptTokens)
        case .completionTokens: .count(sums.completionTokens)
        case .reasoningTokens: .count(sums.reasoningTokens)
        case .cachedTokens: .count(sums.cachedTokens)
        case .cacheHitRate: Self.rate(sums.cachedTokens, of: sums.promptTokens)
        case .latency: Self.rate(sums.latencyMilliseconds, of: sums.requests)
        case .generationTime: Self.rate(sums.generationMilliseconds, of: sums.requests)
        case .throughput: Self.rate(sums.completionTokens * 1000, of: sums.generationMilliseconds)
        }
    }

    private static func dollars(_ amount: USD) -> Amount {
        amount == .zero ? .unused : .dollars(amount)
    }

    private static func rate(_ part: Int, of whole: Int) -> Amount {
        whole == 0 ? .unused : .rate(Double(part) / Double(whole))
    }
}

extension AnalyticsMetric.Amount {
    /// Counts are strings, since they may be longer than a double is exact (reference: platform §3.5).
    var json: JSON {
        switch self {
        case .count(let count): .string(String(count))
        case .dollars(let amount): amount.json
        case .rate(let rate): .number(rate)
        case .unused: .null
        }
    }

    /// For order only.
    var double: Double {
        switch self {
        case .count(let count): Double(count)
        case .dollars(let amount): amount.dollars
        case .rate(let rate): rate
        case .unused: 0
        }
    }
}

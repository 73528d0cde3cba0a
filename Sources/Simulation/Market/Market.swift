/// Made-up traffic of the models in the catalog: who is used how much on which day.
///
/// It follows from the catalog and the day alone, so that it is the same in every world and at every time. Shares of a
/// day's tokens are whole numbers that add up to the day's: by length of context, by use and by language.
struct Market: Sendable {
    /// A model that is counted.
    struct Entry: Sendable {
        let model: CatalogModel
        /// 0 is the most popular one.
        let rank: Int
        /// Makes the model's own noise.
        let noise: MarketNoise
    }

    /// From the most to the least popular one.
    let entries: [Entry]

    /// - Parameter models: rows of a catalog; those that are gone, that nobody serves, and that make neither text nor
    ///   pictures are left out.
    init(_ models: [CatalogModel]) {
        let counted = models.filter { model in
            !model.isLegacy && !model.endpoints.isEmpty
                && !Set(model.outputModalities).isDisjoint(with: ["text", "image"])
        }
        let newest = counted.map(\.created).max() ?? 0
        let scored = counted.map { model in
            let noise = MarketNoise(model.permaslug)
            let age = Double(newest - model.created) / 86_400
            let recency = 1 / (1 + age / 365)
            let tools = model.supportedParameters.contains("tools") ? 0.3 : 0
            return (model: model, noise: noise, score: noise.fraction("popularity") + recency + tools)
        }
        let sorted = scored.sorted { left, right in
            left.score == right.score ? left.model.permaslug < right.model.permaslug : left.score > right.score
        }
        entries = sorted.enumerated().map { Entry(model: $1.model, rank: $0, noise: $1.noise) }
    }

    /// The first day that is known, 2025-01-01 (schema of `GET /datasets/rankings-daily`).
    static let firstDay = 20_089
}

extension Market.Entry {
    var permaslug: String { model.permaslug }

    /// Tokens of prompts and answers on a day counted from 1970-01-01; none before the model's first day.
    ///
    /// The second one has two thirds of the first, and so on; weekends are slow, new models take a month to catch on
    /// and lose users after a year, and all of it grows.
    func tokens(on day: Int) -> Int {
        let age = day - model.created / 86_400
        guard age >= 0 else { return 0 }
        if let end = model.expirationTime, Int64(day) * UsageLog.day >= end { return 0 }
        let peak = 900e9 / Double(rank + 2)
        let growth = 1 + Double(day - Market.firstDay) / 500
        let adoption = min(1, 0.2 + Double(age) / 40) / (1 + Double(max(0, age - 365)) / 365)
        let weekday = CivilTime(microseconds: Int64(day) * UsageLog.day).weekday
        let week = weekday >= 5 ? 0.8 : 1
        return max(0, Int(peak * growth * adoption * week * (0.85 + 0.3 * noise.fraction("tokens", day))))
    }

    // MARK: Shares

    /// What of some tokens belongs to requests of a length.
    func share(of tokens: Int, in bucket: ContextBucket) -> Int {
        let length = model.contextLength ?? 0
        let weights = ContextBucket.allCases.map { bucket in
            bucket.leastLength < length ? bucket.weight * (0.5 + noise.fraction("context \(bucket.rawValue)")) : 0
        }
        return tokens.share(ofIndex: ContextBucket.allCases.firstIndex(of: bucket) ?? 0, weights: weights)
    }

    /// What of some tokens belongs to a use.
    func share(of tokens: Int, in category: UseCategory) -> Int {
        tokens.share(ofIndex: UseCategory.allCases.firstIndex(of: category) ?? 0, weights: categoryWeights)
    }

    private var categoryWeights: [Double] {
        UseCategory.allCases.map { $0.weight * (0.2 + noise.fraction("category \($0.rawValue)")) }
    }

    /// Whether the model is used for something more than models on average.
    func isPopular(in category: UseCategory) -> Bool { noise.fraction("category \(category.rawValue)") > 0.5 }

    /// What of some tokens is about a natural language; the rest is about a programming language.
    func naturalShare(of tokens: Int) -> Int {
        tokens.share(ofIndex: 0, weights: [0.5 + noise.fraction("natural"), 0.2 + noise.fraction("programming")])
    }

    /// What of some tokens belongs to requests that called tools.
    func toolShare(of tokens: Int) -> Int {
        guard model.supportedParameters.contains("tools") else { return 0 }
        return tokens.share(ofIndex: 0, weights: [0.2 + noise.fraction("tools"), 0.4])
    }

    /// How many of the requests with tools end by calling one, from 0 to 1; nil for models without tools.
    var toolSuccessRate: Double? {
        guard model.supportedParameters.contains("tools") else { return nil }
        return Double(Int(10_000 - 1_800 * noise.fraction("tool success"))) / 10_000
    }
}

/// Lengths of requests, by the bucket they fall into (schema of `GET /datasets/rankings-daily`).
enum ContextBucket: String, CaseIterable {
    case upTo1K = "1K"
    case upTo10K = "10K"
    case upTo100K = "100K"
    case upTo1M = "1M"
    case upTo10M = "10M"

    /// The tokens that a request of the bucket has at least.
    var leastLength: Int {
        switch self {
        case .upTo1K: 0
        case .upTo10K: 1_000
        case .upTo100K: 10_000
        case .upTo1M: 100_000
        case .upTo10M: 1_000_000
        }
    }

    fileprivate var weight: Double {
        switch self {
        case .upTo1K: 0.06
        case .upTo10K: 0.30
        case .upTo100K: 0.45
        case .upTo1M: 0.18
        case .upTo10M: 0.01
        }
    }
}

/// What models are used for (schema of `GET /models`).
enum UseCategory: String, CaseIterable {
    case programming, roleplay, marketing
    case searchOptimization = "marketing/seo"
    case technology, science, translation, legal, finance, health, trivia, academia

    fileprivate var weight: Double {
        switch self {
        case .programming: 0.45
        case .roleplay: 0.18
        case .technology, .science: 0.07
        case .marketing, .translation, .academia: 0.05
        default: 0.02
        }
    }
}

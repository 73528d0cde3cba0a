package import OpenRouterAPI

/// What a model or an endpoint costs (schema `PublicPricing`).
package struct Pricing: Sendable {
    /// As served: decimal strings in USD a unit, in the catalog's order; `overrides` and `discount` included.
    package private(set) var members: JSONObject

    /// Nil for a variable price (`-1`), as routers have.
    package private(set) var prompt: USD?
    package private(set) var completion: USD?
    private let request: USD
    private let cacheRead: USD?
    private let overrides: [Override]

    /// Other prices for long prompts; the whole request is priced by those that apply, the last one of each kind.
    private struct Override: Sendable {
        var promptTokenCountAbove: Int
        var prompt: USD?
        var completion: USD?
        var cacheRead: USD?
    }

    init(_ value: JSONValue) {
        members = JSON(value).members ?? [:]
        func price(_ name: String, in value: JSONValue) -> USD? {
            value[name]?.string.flatMap(Self.price)
        }
        prompt = price("prompt", in: value)
        completion = price("completion", in: value)
        request = price("request", in: value) ?? .zero
        cacheRead = price("input_cache_read", in: value)
        overrides = (value["overrides"].map { Array($0.elements) } ?? []).compactMap { override in
            guard let count = override["min_prompt_tokens"]?.int else { return nil }
            return Override(
                promptTokenCountAbove: count,
                prompt: price("prompt", in: override),
                completion: price("completion", in: override),
                cacheRead: price("input_cache_read", in: override)
            )
        }
    }

    /// Nil for the `-1` of a variable price; the nearest picodollar to what has more decimals, as discounted prices have.
    private static func price(_ text: String) -> USD? {
        (USD(text) ?? Double(text).map { USD($0) }).flatMap { $0 < .zero ? nil : $0 }
    }

    /// The same with an endpoint's own token prices.
    func replacing(prompt: String?, completion: String?) -> Pricing {
        var copy = self
        if let prompt {
            copy.members["prompt"] = .string(prompt)
            copy.prompt = Self.price(prompt)
        }
        if let completion {
            copy.members["completion"] = .string(completion)
            copy.completion = Self.price(completion)
        }
        return copy
    }

    /// Set by whatever a router picks.
    static let variable = Pricing(members: ["prompt": "-1", "completion": "-1"])

    private init(members: JSONObject) {
        self.members = members
        prompt = nil
        completion = nil
        request = .zero
        cacheRead = nil
        overrides = []
    }

    /// The cost of an answer, and what of it is prompt and completion.
    package struct Cost: Sendable, Hashable {
        package var prompt: USD
        package var completion: USD
        package var request: USD

        package var total: USD { prompt + completion + request }
    }

    /// Formula: inference reference §7, verified there against live answers.
    package func cost(of usage: TokenUsage) -> Cost {
        let applicable = overrides.filter { usage.prompt > $0.promptTokenCountAbove }
        let promptPrice = applicable.compactMap(\.prompt).last ?? prompt ?? .zero
        let completionPrice = applicable.compactMap(\.completion).last ?? completion ?? .zero
        let cachedPrice = applicable.compactMap(\.cacheRead).last ?? cacheRead ?? promptPrice
        return Cost(
            prompt: promptPrice * (usage.prompt - usage.cached) + cachedPrice * usage.cached,
            completion: completionPrice * usage.completion,
            request: request
        )
    }

    package var isFree: Bool {
        prompt == .zero && completion == .zero && request == .zero
    }
}

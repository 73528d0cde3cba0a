internal import OpenRouterAPI

/// Other prices under a condition (schema `PricingOverride`).
///
/// The whole request is priced by an override that applies, not only the tokens above its threshold.
struct PriceOverride: Sendable {
    private(set) var prices: PriceTable
    /// Applies to prompts of more tokens; a double as in the schema.
    private let promptTokenThreshold: Double?
    /// `HHMM` numbers such as 1630, UTC; the start counts, the end does not, and the end may be past midnight.
    private let start: Double?
    private let end: Double?

    init(_ value: JSONValue) {
        prices = PriceTable(value)
        promptTokenThreshold = value["min_prompt_tokens"]?.double
        start = value["utc_start"]?.double
        end = value["utc_end"]?.double
    }

    /// The same condition, at half the price.
    var halved: PriceOverride {
        var copy = self
        copy.prices = prices.halved
        return copy
    }

    /// Whether all conditions hold; without any it always applies.
    func applies(toPromptTokens count: Int, at time: CivilTime) -> Bool {
        if let promptTokenThreshold, Double(count) <= promptTokenThreshold { return false }
        let clock = Double(time.hour * 100 + time.minute)
        switch (start, end) {
        case (nil, nil): return true
        case (let start?, nil): return clock >= start
        case (nil, let end?): return clock < end
        // A window that ends when it starts is the whole day.
        case (let start?, let end?):
            return start < end ? clock >= start && clock < end : clock >= start || clock < end
        }
    }
}

internal import OpenRouterAPI

/// The prices of an object of schema `PublicPricing`, or of one of its overrides.
struct PriceTable: Sendable {
    /// By the kind's raw value; nil where there is no price, or a variable one.
    private var prices: [USD?]

    /// No prices.
    init() {
        prices = PriceKind.allCases.map { _ in nil }
    }

    init(_ value: JSONValue) {
        prices = PriceKind.allCases.map { value[$0.key]?.string.flatMap(Self.price) }
    }

    /// Nil for the `-1` of a variable price.
    static func price(_ text: String) -> USD? {
        USD(text).flatMap { $0 < .zero ? nil : $0 }
    }

    subscript(kind: PriceKind) -> USD? {
        get { prices[kind.rawValue] }
        set { prices[kind.rawValue] = newValue }
    }

    /// The price of the first kind that has one; zero if none has.
    func first(of kinds: PriceKind...) -> USD {
        kinds.lazy.compactMap { self[$0] }.first ?? .zero
    }

    /// The same with the prices that another table has.
    func overridden(by other: PriceTable) -> PriceTable {
        var table = self
        for (index, price) in other.prices.enumerated() where price != nil { table.prices[index] = price }
        return table
    }

    /// All prices but that of a search by half.
    var halved: PriceTable {
        var table = self
        for kind in PriceKind.allCases where kind != .webSearch { table[kind] = self[kind]?.half }
        return table
    }

    /// True if nothing costs anything; a table without prices is not free but unknown.
    var isFree: Bool {
        self[.prompt] == .zero && self[.completion] == .zero && prices.allSatisfy { $0 ?? .zero == .zero }
    }
}

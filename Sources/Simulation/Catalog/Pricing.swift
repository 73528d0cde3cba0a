package import OpenRouterAPI

/// What a model or an endpoint costs (schema `PublicPricing`).
package struct Pricing: Sendable {
    /// As served: decimal strings in USD a unit, in the catalog's order; `overrides` and `discount` included.
    package private(set) var members: JSONObject

    private var base: PriceTable
    private var overrides: [PriceOverride]

    init(_ value: JSONValue) {
        members = JSON(value).members ?? [:]
        base = PriceTable(value)
        overrides = value["overrides"].map { $0.elements.map { PriceOverride($0) } } ?? []
    }

    private init(members: JSONObject) {
        self.members = members
        base = PriceTable()
        overrides = []
    }

    /// Set by whatever a router picks.
    static let variable = Pricing(members: ["prompt": "-1", "completion": "-1"])

    /// Half of what it charges, as in the batch API; ``members`` stay as they are served.
    ///
    /// A search is no token and keeps its price (docs, batch-quickstart: half of the price per token).
    var halved: Pricing {
        var copy = self
        copy.base = base.halved
        copy.overrides = overrides.map(\.halved)
        return copy
    }

    /// The same with an endpoint's own token prices.
    func replacing(prompt: String?, completion: String?) -> Pricing {
        var copy = self
        for (kind, text) in [(PriceKind.prompt, prompt), (.completion, completion)] {
            guard let text else { continue }
            copy.members[kind.key] = .string(text)
            copy.base[kind] = PriceTable.price(text)
        }
        return copy
    }
}

// MARK: - Prices

extension Pricing {
    /// Without overrides; nil where there is no price, and for a variable one (`-1`), as routers have.
    package subscript(kind: PriceKind) -> USD? { base[kind] }

    package var prompt: USD? { self[.prompt] }
    package var completion: USD? { self[.completion] }

    package var isFree: Bool { base.isFree }

    /// With the overrides that apply, of which the last one counts for each price.
    ///
    /// `discount` is not among what is charged: the prices of an endpoint are those after it (docs/catalog.md).
    func prices(forPromptTokens count: Int, at time: CivilTime) -> PriceTable {
        overrides.reduce(base) { table, override in
            override.applies(toPromptTokens: count, at: time) ? table.overridden(by: override.prices) : table
        }
    }
}

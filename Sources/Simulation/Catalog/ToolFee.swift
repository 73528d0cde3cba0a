package import OpenRouterAPI

/// What a use of a tool costs: a price for up to some results, and one for each result more.
package struct ToolFee: Sendable, Hashable {
    /// A price once, whatever it brings.
    package var base: USD
    /// How many results ``base`` pays for; nil for any number.
    package var includedResults: Int?
    package var furtherResult: USD

    package init(base: USD, includedResults: Int? = nil, furtherResult: USD = .zero) {
        self.base = base
        self.includedResults = includedResults
        self.furtherResult = furtherResult
    }

    package func cost(resultCount: Int) -> USD {
        base + furtherResult * max(0, resultCount - (includedResults ?? resultCount))
    }
}

// MARK: - Searches

extension ToolFee {
    /// 7 USD per 1,000 searches, and 1 USD per 1,000 results above ten.
    ///
    /// Source: platform reference §1.16; one search at 0.007 was observed (inference reference §7).
    package static let exaSearch = ToolFee(
        base: USD(picodollars: 7_000_000_000),
        includedResults: 10,
        furtherResult: USD(picodollars: 1_000_000_000)
    )

    /// 5 USD per 1,000 searches, about.
    ///
    /// Source: as ``exaSearch``.
    package static let parallelSearch = ToolFee(base: USD(picodollars: 5_000_000_000))

    /// 5 USD per 1,000 searches, about.
    ///
    /// Source: as ``exaSearch``.
    package static let perplexitySearch = ToolFee(base: USD(picodollars: 5_000_000_000))

    /// 5 USD per 1,000 searches, as its neighbors.
    ///
    /// OpenRouter's guide has Firecrawl run on the user's own account there, so the price is our choice.
    package static let firecrawlSearch = ToolFee(base: USD(picodollars: 5_000_000_000))

    /// The provider's own search, at the price in its listing.
    package static func nativeSearch(_ pricing: Pricing) -> ToolFee {
        ToolFee(base: pricing[.webSearch] ?? .zero)
    }
}

// MARK: - Files

extension ToolFee {
    /// 2 USD per 1,000 pages; a page is a result.
    ///
    /// Source: inference reference §7.
    package static let mistralOCR = ToolFee(
        base: .zero,
        includedResults: 0,
        furtherResult: USD(picodollars: 2_000_000_000)
    )
}

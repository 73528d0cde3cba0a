/// An amount of US dollars, exact to a picodollar.
///
/// OpenRouter quotes prices with up to twelve decimals per token (reference: `/models` pricing); sums of such products
/// stay exact here, where doubles would drift apart between `/key`, `/credits` and `/generation`.
/// Range: about ±9.2 million dollars.
package struct USD: Sendable, Hashable {
    package var picodollars: Int64

    package init(picodollars: Int64) {
        self.picodollars = picodollars
    }

    package static let zero = USD(picodollars: 0)

    /// Whole dollars.
    package static func dollars(_ dollars: Int) -> USD {
        USD(picodollars: Int64(dollars) * 1_000_000_000_000)
    }

    /// A decimal number such as `0.0000025` or `-1`; nil for anything else, and for more than twelve decimals.
    package init?(_ text: String) {
        let isNegative = text.hasPrefix("-")
        let parts = text.dropFirst(isNegative ? 1 : 0).split(separator: ".", omittingEmptySubsequences: false)
        // `Int64` would also read a sign.
        let areDigits = parts.allSatisfy { $0.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } }
        guard areDigits, (1...2).contains(parts.count), let whole = Int64(parts[0]) else { return nil }
        let decimals = parts.count == 2 ? parts[1] : ""
        guard decimals.utf8.count <= 12, let fraction = decimals.isEmpty ? 0 : Int64(decimals) else { return nil }
        var scaled = fraction
        for _ in decimals.utf8.count..<12 { scaled *= 10 }
        let (product, overflow) = whole.multipliedReportingOverflow(by: 1_000_000_000_000)
        guard !overflow, product <= Int64.max - scaled else { return nil }
        picodollars = isNegative ? -(product + scaled) : product + scaled
    }

    /// The nearest amount to a double, as recorded answers give it.
    package init(_ dollars: Double) {
        picodollars = Int64((max(-9e6, min(9e6, dollars)) * 1e12).rounded())
    }
}

extension USD: Comparable, AdditiveArithmetic {
    package static func < (left: USD, right: USD) -> Bool { left.picodollars < right.picodollars }
    package static func + (left: USD, right: USD) -> USD { USD(picodollars: left.picodollars &+ right.picodollars) }
    package static func - (left: USD, right: USD) -> USD { USD(picodollars: left.picodollars &- right.picodollars) }

    /// A price times a count of tokens, images or requests.
    package static func * (price: USD, count: Int) -> USD {
        USD(picodollars: price.picodollars.multipliedReportingOverflow(by: Int64(count)).partialValue)
    }
}

extension USD {
    /// As accounting endpoints print it: a JSON number.
    package var json: JSON {
        picodollars % 1_000_000_000_000 == 0
            ? .integer(Int(picodollars / 1_000_000_000_000)) : .number(dollars)
    }

    package var dollars: Double {
        Double(picodollars) / 1e12
    }
}

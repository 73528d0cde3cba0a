/// An amount of US dollars, exact to 24 decimals.
///
/// OpenRouter quotes prices with up to 23 decimals a token (`0.00000008333333333333334`, docs/catalog.md); products of
/// such prices with counts, and sums of those, stay exact here, where doubles would drift apart between `/key`,
/// `/credits` and `/generation`.
///
/// Range: ±170 trillion dollars. What would leave it stays at its border; nothing traps.
package struct USD: Sendable, Hashable {
    /// In units of 1e-24 dollars.
    package let yoctodollars: Int128

    package init(yoctodollars: Int128) {
        self.yoctodollars = yoctodollars
    }

    /// In units of 1e-12 dollars.
    package init(picodollars: Int64) {
        yoctodollars = Int128(picodollars) * Self.picodollar
    }

    package static let zero = USD(yoctodollars: 0)

    /// The borders of the range.
    package static let greatest = USD(yoctodollars: .max)
    package static let least = USD(yoctodollars: -.max)

    /// Whole dollars.
    package static func dollars(_ dollars: Int) -> USD {
        USD(yoctodollars: dollar) * dollars
    }

    private static let decimalCount = 24
    private static let dollar: Int128 = 1_000_000_000_000_000_000_000_000
    private static let picodollar: Int128 = 1_000_000_000_000
}

// MARK: - Text and doubles in

extension USD {
    /// A decimal number such as `0.0000025` or `-1`; nil for anything else, and for what is out of range.
    ///
    /// Decimals after the 24th are rounded to the nearest amount, halves away from zero.
    package init?(_ text: String) {
        self.init(text[...], exponent: 0)
    }

    /// The amount that a double is the shortest spelling of, as recorded answers give it.
    ///
    /// The double nearest to 0.1 is ten cents and not 0.1000000000000000055…, so that recorded costs add up as people
    /// add them. What is out of range, infinity included, is the border; what is no number is zero.
    package init(_ dollars: Double) {
        guard !dollars.isNaN else {
            self = .zero
            return
        }
        // Swift writes the fewest digits that read back as the same double: `0.1`, `1.9e-05`, `1e+16`.
        let parts = dollars.description.split(separator: "e")
        let exponent = parts.count == 2 ? Int(parts[1]) ?? 0 : 0
        self = USD(parts[0], exponent: exponent) ?? (dollars < 0 ? .least : .greatest)
    }

    /// - Parameters:
    ///   - text: digits with an optional sign before and a point between them.
    ///   - exponent: of ten, which the digits are multiplied by.
    private init?(_ text: Substring, exponent: Int) {
        let isNegative = text.utf8.first == UInt8(ascii: "-")
        let parts = text.utf8.dropFirst(isNegative ? 1 : 0)
            .split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let areDigits = parts.allSatisfy { part in
            !part.isEmpty && part.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        }
        guard areDigits, (1...2).contains(parts.count) else { return nil }
        let digits = parts.joined().map { Int128($0 - UInt8(ascii: "0")) }
        let keptCount = parts[0].count + exponent + Self.decimalCount
        var magnitude: Int128 = 0
        func shift(adding digit: Int128) -> Bool {
            let (product, overflow) = magnitude.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(digit)
            magnitude = sum
            return !overflow && !carry
        }
        for digit in digits.prefix(max(0, keptCount)) {
            guard shift(adding: digit) else { return nil }
        }
        if magnitude != 0, keptCount > digits.count {
            for _ in digits.count..<keptCount {
                guard shift(adding: 0) else { return nil }
            }
        }
        if digits.indices.contains(keptCount), digits[keptCount] >= 5 {
            guard magnitude < .max else { return nil }
            magnitude += 1
        }
        yoctodollars = isNegative ? -magnitude : magnitude
    }
}

// MARK: - Text and doubles out

extension USD {
    /// The amount in full, without an exponent or zeros at the end: `0.0000025`, `-0.1`, `12`.
    package var decimalText: String {
        let (whole, fraction) = yoctodollars.magnitude.quotientAndRemainder(dividingBy: Self.dollar.magnitude)
        let sign = yoctodollars < 0 ? "-" : ""
        guard fraction != 0 else { return sign + String(whole) }
        let digits = String(fraction)
        let zeros = String(repeating: "0", count: Self.decimalCount - digits.utf8.count)
        let end = digits.lastIndex { $0 != "0" } ?? digits.startIndex
        return sign + String(whole) + "." + zeros + digits[...end]
    }

    /// The nearest double.
    package var dollars: Double {
        let (picodollars, rest) = yoctodollars.quotientAndRemainder(dividingBy: Self.picodollar)
        // Most amounts are whole picodollars. Both numbers are then exact as doubles, and the division rounds once.
        if rest == 0, picodollars.magnitude <= 1 << 53 {
            return Double(Int64(picodollars)) / 1e12
        }
        return Double(decimalText) ?? 0
    }

    /// As accounting endpoints print it: a JSON number.
    package var json: JSON {
        let (whole, rest) = yoctodollars.quotientAndRemainder(dividingBy: Self.dollar)
        return rest == 0 ? .integer(Int(whole)) : .number(dollars)
    }
}

// MARK: - Arithmetic

extension USD: Comparable, AdditiveArithmetic {
    package static func < (left: USD, right: USD) -> Bool { left.yoctodollars < right.yoctodollars }

    package static func + (left: USD, right: USD) -> USD {
        USD(left.yoctodollars.addingReportingOverflow(right.yoctodollars), isNegative: left < .zero)
    }

    package static func - (left: USD, right: USD) -> USD {
        USD(left.yoctodollars.subtractingReportingOverflow(right.yoctodollars), isNegative: left < .zero)
    }

    /// A price times a count of tokens, images or requests.
    package static func * (price: USD, count: Int) -> USD {
        USD(
            price.yoctodollars.multipliedReportingOverflow(by: Int128(count)),
            isNegative: (price < .zero) != (count < 0)
        )
    }

    /// Exact for amounts of up to 23 decimals; half of the last unit is dropped.
    package var half: USD { USD(yoctodollars: yoctodollars / 2) }

    /// A result, or the border of the range on the side where it would be.
    private init(_ result: (partialValue: Int128, overflow: Bool), isNegative: Bool) {
        guard result.overflow || result.partialValue == .min else {
            yoctodollars = result.partialValue
            return
        }
        self = isNegative ? .least : .greatest
    }
}

// MARK: - Storing

extension USD: Codable {
    /// The amount in full as text, since coders know no numbers as long as these.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(decimalText)
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let amount = USD(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "'\(text)' is no amount of dollars")
        }
        self = amount
    }
}

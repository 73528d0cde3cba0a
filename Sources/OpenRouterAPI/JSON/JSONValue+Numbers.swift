extension JSONValue {
    /// The number, if it is integral and fits in an `Int`.
    ///
    /// `1.0` and `1e2` are integral.
    package var int: Int? {
        guard kind == .number else { return nil }
        return withNumberText { JSONDecimal($0).int }
    }

    /// The nearest double, or nil if the value is no number.
    ///
    /// As in JavaScript, a number too large for a double is infinite and `-0` keeps its sign.
    package var double: Double? {
        guard kind == .number else { return nil }
        return withNumberText { text in
            let decimal = JSONDecimal(text)
            if decimal.isZero {
                return decimal.isNegative ? -0.0 : 0
            }
            if let exponent = decimal.exponent, let value = decimal.exactDouble(exponent: exponent) {
                return value
            }
            return Double(String(decoding: text, as: UTF8.self))
        }
    }

    /// The number as it is written, or nil if the value is no number.
    package var numberText: String? {
        kind == .number ? String(decoding: raw, as: UTF8.self) : nil
    }

    /// Whether the value is a number without a fraction, of any size.
    var isIntegral: Bool {
        guard kind == .number else { return false }
        if node.flags.contains(.isPlainInteger) { return true }
        return withNumberText { text in
            let decimal = JSONDecimal(text)
            return decimal.isZero || decimal.hasNoFraction
        }
    }

    private func withNumberText<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        storage.bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[node.range])) }
    }
}

extension JSONDecimal {
    /// The value, if digits and power of ten are both exact as doubles, so that one rounding gives the nearest double.
    fileprivate func exactDouble(exponent: Int) -> Double? {
        guard digitCount <= 15, (-22...22).contains(exponent) else { return nil }
        var digits = 0
        forEachDigit { digits = digits * 10 + $0 }
        let significand = Double(isNegative ? -digits : digits)
        // Powers of ten up to the 22nd are exact, and so is every product on the way there.
        var power = 1.0
        for _ in 0..<abs(exponent) {
            power *= 10
        }
        return exponent < 0 ? significand / power : significand * power
    }
}

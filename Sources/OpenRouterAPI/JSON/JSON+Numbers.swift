extension JSON {
    /// Appends a double as JavaScript's `JSON.stringify` does (ECMA-262, Number::toString).
    ///
    /// The digits are the fewest that read back as the same double. An exponent appears only below 1e-6 and from 1e21
    /// on. Minus zero is `0`; what is not finite is `null`.
    package static func write(number value: Double, into output: inout [UInt8]) {
        guard value.isFinite else {
            return output.append(contentsOf: "null".utf8)
        }
        // Up to 2⁵³ an integer's digits are the shortest ones. `Int(exactly:)` would need the C math library.
        if value.magnitude <= 0x1p53, Double(Int(value)) == value {
            return output.append(contentsOf: String(Int(value)).utf8)
        }
        // Swift finds the same digits (SwiftDtoa) but places point and exponent by its own rules.
        var text = value.description
        text.withUTF8 { JSONDecimal($0).appendJavaScript(to: &output) }
    }
}

extension JSONDecimal {
    /// Places point and exponent by the rules of Number::toString, step 5 on; `n` and `k` are its names.
    fileprivate func appendJavaScript(to output: inout [UInt8]) {
        let zero = UInt8(ascii: "0")
        let k = digitCount
        let n = k + (exponent ?? 0)
        if isNegative {
            output.append(UInt8(ascii: "-"))
        }
        switch n {
        case k...max(k, 21) where n <= 21:
            appendDigits(to: &output)
            output.append(contentsOf: repeatElement(zero, count: n - k))
        case 1...21:
            appendDigits(to: &output, pointAfter: n)
        case -5...0:
            output.append(zero)
            output.append(UInt8(ascii: "."))
            output.append(contentsOf: repeatElement(zero, count: -n))
            appendDigits(to: &output)
        default:
            appendDigits(to: &output, pointAfter: 1)
            output.append(UInt8(ascii: "e"))
            output.append(n > 0 ? UInt8(ascii: "+") : UInt8(ascii: "-"))
            output.append(contentsOf: String(abs(n - 1)).utf8)
        }
    }

    private func appendDigits(to output: inout [UInt8], pointAfter place: Int) {
        let start = output.count
        appendDigits(to: &output)
        if digitCount > place {
            output.insert(UInt8(ascii: "."), at: start + place)
        }
    }
}

/// A number taken apart exactly: digits without zeros at either end, times a power of ten.
///
/// Equal numbers have equal parts, however they are written. Nothing is ever multiplied out, so that `1e999999999`
/// costs as little as `1`. Refers to the text it was made from and must not outlive it.
struct JSONDecimal {
    let isNegative: Bool
    /// How many digits are left without the outer zeros; 0 for zero.
    let digitCount: Int

    private let text: UnsafeBufferPointer<UInt8>
    /// From the first to the last digit that is not zero; a decimal point may lie between.
    private let significand: Range<Int>
    /// What the place of the last significant digit adds to the written exponent.
    private let adjustment: Int
    private let writtenExponentIsNegative: Bool
    /// The digits of the written exponent without leading zeros.
    private let writtenExponent: Range<Int>

    /// - Parameter text: A number in the grammar of RFC 8259, section 6.
    init(_ text: UnsafeBufferPointer<UInt8>) {
        self.text = text
        isNegative = text.first == UInt8(ascii: "-")
        var first: Int?
        var last = 0
        var point: Int?
        var index = isNegative ? 1 : 0
        mantissa: while index < text.count {
            switch text[index] {
            case UInt8(ascii: "0"): break
            case UInt8(ascii: "."): point = index
            case UInt8(ascii: "e"), UInt8(ascii: "E"): break mantissa
            default:
                first = first ?? index
                last = index
            }
            index += 1
        }
        guard let first else {
            (significand, digitCount, adjustment) = (0..<0, 0, 0)
            (writtenExponent, writtenExponentIsNegative) = (0..<0, false)
            return
        }
        significand = first..<last + 1
        let place = point ?? index
        digitCount = last + 1 - first - (first < place && place < last ? 1 : 0)
        adjustment = place > last ? place - 1 - last : place - last

        index += 1
        writtenExponentIsNegative = index < text.count && text[index] == UInt8(ascii: "-")
        while index < text.count, !(UInt8(ascii: "1")...UInt8(ascii: "9")).contains(text[index]) {
            index += 1
        }
        writtenExponent = min(index, text.count)..<text.count
    }

    var isZero: Bool {
        digitCount == 0
    }

    /// The power of ten of the last significant digit, or nil if that has more than 18 digits itself.
    var exponent: Int? {
        guard writtenExponent.count <= 18 else { return nil }
        let written = text[writtenExponent].reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        return adjustment + (writtenExponentIsNegative ? -written : written)
    }

    /// The value, if it is integral and fits.
    ///
    /// `1.0` and `1e2` are integral.
    var int: Int? {
        guard !isZero else { return 0 }
        guard let exponent, exponent >= 0, digitCount + exponent <= 19 else { return nil }
        var value = 0
        func shift(adding digit: Int) -> Bool {
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(isNegative ? -digit : digit)
            value = sum
            return !overflow && !carry
        }
        for byte in text[significand] where byte != UInt8(ascii: ".") {
            guard shift(adding: Int(byte - UInt8(ascii: "0"))) else { return nil }
        }
        for _ in 0..<exponent {
            guard shift(adding: 0) else { return nil }
        }
        return value
    }

    /// Whether the value is integral, of any size.
    var hasNoFraction: Bool {
        exponent.map { $0 >= 0 } ?? !writtenExponentIsNegative
    }

    /// Visits the digits without the outer zeros, for zero none.
    func forEachDigit(_ body: (Int) -> Void) {
        for byte in text[significand] where byte != UInt8(ascii: ".") {
            body(Int(byte - UInt8(ascii: "0")))
        }
    }

    /// Appends the digits without the outer zeros, for zero none, and without sign and point.
    func appendDigits(to output: inout [UInt8]) {
        forEachDigit { output.append(UInt8(ascii: "0") + UInt8($0)) }
    }

    /// Appends the only spelling that every equal number shares: an integer of at most 21 digits in full, anything else
    /// as digits and exponent (`25e-1`).
    func appendCanonical(to output: inout [UInt8]) {
        guard !isZero else {
            return output.append(UInt8(ascii: "0"))
        }
        if isNegative {
            output.append(UInt8(ascii: "-"))
        }
        appendDigits(to: &output)
        guard let exponent else {
            output.append(UInt8(ascii: "e"))
            return appendLongExponent(to: &output)
        }
        if exponent >= 0, digitCount + exponent <= 21 {
            output.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: exponent))
        } else if exponent != 0 {
            output.append(UInt8(ascii: "e"))
            output.append(contentsOf: String(exponent).utf8)
        }
    }

    /// Adds the adjustment to a written exponent of more than 18 digits, digit by digit.
    ///
    /// The adjustment is below 2³², so the sign stays.
    private func appendLongExponent(to output: inout [UInt8]) {
        var digits = text[writtenExponent].map { Int($0 - UInt8(ascii: "0")) }
        var carry = writtenExponentIsNegative ? -adjustment : adjustment
        for index in digits.indices.reversed() where carry != 0 {
            let sum = digits[index] + carry
            let digit = ((sum % 10) + 10) % 10
            digits[index] = digit
            carry = (sum - digit) / 10
        }
        if writtenExponentIsNegative {
            output.append(UInt8(ascii: "-"))
        }
        if carry > 0 {
            output.append(contentsOf: String(carry).utf8)
        }
        output.append(
            contentsOf: (carry > 0 ? digits[...] : digits.drop { $0 == 0 }).map { UInt8(ascii: "0") + UInt8($0) }
        )
    }
}

/// A natural number of any size, only as able as checking money needs: digits in base 2³², lowest first.
struct ExactNumber: Comparable {
    private var limbs: [UInt32] = []

    init(_ value: UInt64) {
        limbs = [UInt32(truncatingIfNeeded: value), UInt32(truncatingIfNeeded: value >> 32)]
        trim()
    }

    /// A decimal number without sign, times a power of ten that makes it whole.
    init(_ text: String, scale: Int) {
        var decimals = 0
        var isPastPoint = false
        for byte in text.utf8 {
            if byte == UInt8(ascii: ".") {
                isPastPoint = true
                continue
            }
            multiply(by: 10)
            add(ExactNumber(UInt64(byte - UInt8(ascii: "0"))))
            decimals += isPastPoint ? 1 : 0
        }
        precondition(decimals <= scale)
        for _ in decimals..<scale { multiply(by: 10) }
    }

    mutating func add(_ other: ExactNumber) {
        var carry: UInt64 = 0
        for index in 0..<max(limbs.count, other.limbs.count) {
            if index == limbs.count { limbs.append(0) }
            carry += UInt64(limbs[index]) + (index < other.limbs.count ? UInt64(other.limbs[index]) : 0)
            limbs[index] = UInt32(truncatingIfNeeded: carry)
            carry >>= 32
        }
        if carry > 0 { limbs.append(UInt32(carry)) }
    }

    mutating func multiply(by factor: UInt32) {
        var carry: UInt64 = 0
        for index in limbs.indices {
            carry += UInt64(limbs[index]) * UInt64(factor)
            limbs[index] = UInt32(truncatingIfNeeded: carry)
            carry >>= 32
        }
        if carry > 0 { limbs.append(UInt32(carry)) }
        trim()
    }

    mutating func multiply(by factor: UInt32, times count: Int) {
        for _ in 0..<count { multiply(by: factor) }
    }

    private mutating func trim() {
        while limbs.last == 0 { limbs.removeLast() }
    }

    static func < (left: ExactNumber, right: ExactNumber) -> Bool {
        if left.limbs.count != right.limbs.count { return left.limbs.count < right.limbs.count }
        for (one, other) in zip(left.limbs.reversed(), right.limbs.reversed()) where one != other { return one < other }
        return false
    }
}

extension ExactNumber {
    /// Whether a double is as near to this number as any, this number being divided by 10 to the `scale`.
    ///
    /// It is, if the number is not outside of the midpoints to the two neighbors.
    func isNearest(_ double: Double, scale: Int) -> Bool {
        guard double > 0 else { return double == 0 && limbs.isEmpty }
        // double = significand × 2^exponent; the midpoints are (2 × significand ± 1) × 2^(exponent - 1).
        let exponent = Int(double.exponent) - 52
        let significand = double.significandBitPattern | 1 << 52
        var number = self
        var lower = ExactNumber(significand * 2 - 1)
        var upper = ExactNumber(significand * 2 + 1)
        for _ in 0..<scale {
            lower.multiply(by: 10)
            upper.multiply(by: 10)
        }
        if exponent >= 1 {
            lower.multiply(by: 2, times: exponent - 1)
            upper.multiply(by: 2, times: exponent - 1)
        } else {
            number.multiply(by: 2, times: 1 - exponent)
        }
        return lower <= number && number <= upper
    }
}

extension SeededGenerator {
    /// A number from 0 up to but not including `bound`, each equally likely.
    ///
    /// Multiplication with rejection, after Daniel Lemire, "Fast Random Integer Generation in an Interval"
    /// (<https://arxiv.org/abs/1805.10941>).
    ///
    /// - Precondition: `bound` is positive.
    package mutating func below(_ bound: Int) -> Int {
        precondition(bound > 0, "there is no number below \(bound) to choose")
        let bound = UInt64(bound)
        var product = next().multipliedFullWidth(by: bound)
        let threshold = (0 &- bound) % bound
        while product.low < threshold { product = next().multipliedFullWidth(by: bound) }
        return Int(product.high)
    }

    /// A number of `range`, each equally likely.
    package mutating func integer(in range: ClosedRange<Int>) -> Int {
        let width = UInt64(bitPattern: Int64(range.upperBound)) &- UInt64(bitPattern: Int64(range.lowerBound))
        guard width < UInt64(Int.max) else {
            // Wider than half of all numbers: at least every second draw is a hit.
            while true {
                let number = Int(truncatingIfNeeded: next())
                if range.contains(number) { return number }
            }
        }
        return range.lowerBound &+ below(Int(width) + 1)
    }

    /// A number from 0 up to but not including 1, with 53 random bits.
    package mutating func fraction() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    /// True with the probability `percent` of 100.
    package mutating func chance(percent: Int) -> Bool {
        below(100) < percent
    }

    /// One of `choices`, each equally likely, or nil when there is none.
    package mutating func choice<Choices: RandomAccessCollection>(of choices: Choices) -> Choices.Element? {
        guard !choices.isEmpty else { return nil }
        return choices[choices.index(choices.startIndex, offsetBy: below(choices.count))]
    }
}

// MARK: - Identifiers

extension SeededGenerator {
    /// `count` ASCII letters and digits, as in the identifiers of responses and tool calls.
    package mutating func alphanumeric(_ count: Int) -> String {
        characters(count, of: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
    }

    /// `count` lowercase hexadecimal digits.
    package mutating func hexadecimal(_ count: Int) -> String {
        characters(count, of: "0123456789abcdef")
    }

    /// A random UUID, version 4 in lowercase (RFC 9562, section 5.4).
    package mutating func uuid() -> String {
        let variant = characters(1, of: "89ab")
        return "\(hexadecimal(8))-\(hexadecimal(4))-4\(hexadecimal(3))-\(variant)\(hexadecimal(3))-\(hexadecimal(12))"
    }

    /// `count` characters of an ASCII alphabet; none when `count` is not positive.
    package mutating func characters(_ count: Int, of alphabet: StaticString) -> String {
        guard count > 0 else { return "" }
        let letters = UnsafeBufferPointer(start: alphabet.utf8Start, count: alphabet.utf8CodeUnitCount)
        return String(unsafeUninitializedCapacity: count) { buffer in
            for index in 0..<count { buffer[index] = letters[below(letters.count)] }
            return count
        }
    }
}

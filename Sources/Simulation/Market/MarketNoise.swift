internal import Tapes

/// Fractions that look random and follow from a name, a use and a day.
struct MarketNoise: Sendable {
    private let seed: UInt64

    init(_ name: String) {
        seed = Self.hash(name)
    }

    /// A number from 0 up to but not including 1.
    ///
    /// - Parameters:
    ///   - use: what it is for; others have other numbers.
    ///   - day: of which it is.
    /// - Returns: the same for the same use and day.
    func fraction(_ use: String, _ day: Int = 0) -> Double {
        var generator = SeededGenerator(seed: seed ^ Self.hash(use) &+ UInt64(bitPattern: Int64(day)) &* 0x9E37_79B1)
        return generator.fraction()
    }

    /// A number of the range.
    func integer(_ use: String, in range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(fraction(use) * Double(range.count))
    }

    /// FNV-1a, 64 bit (RFC 9923).
    private static func hash(_ text: String) -> UInt64 {
        text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    }
}

extension Int {
    /// The part of the number that one of several weights gets; the parts of all weights add up to the number.
    func share(ofIndex index: Int, weights: [Double]) -> Int {
        let total = weights.reduce(0, +)
        guard total > 0 else { return 0 }
        func end(_ count: Int) -> Int {
            count == weights.count ? self : Int((Double(self) * weights[..<count].reduce(0, +) / total).rounded())
        }
        return end(index + 1) - end(index)
    }

    /// The parts of the number that each of several weights gets.
    func shares(weights: [Double]) -> [Int] {
        weights.indices.map { share(ofIndex: $0, weights: weights) }
    }
}

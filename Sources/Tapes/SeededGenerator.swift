/// A generator whose whole output follows from its seed, on every platform and in every version.
///
/// The algorithm is xoshiro256** 1.0 by David Blackman and Sebastiano Vigna
/// (<https://prng.di.unimi.it/xoshiro256starstar.c>), seeded with SplitMix64 as its authors recommend
/// (<https://prng.di.unimi.it/splitmix64.c>). It is not for secrets.
///
/// The random functions of the standard library promise no particular use of a generator's output, so what has
/// to stay the same forever goes through the functions of this type.
package struct SeededGenerator: RandomNumberGenerator, Hashable, Sendable {
    /// The four words of the algorithm's state, never all zero.
    private var state: (UInt64, UInt64, UInt64, UInt64)

    /// Creates a generator from a number.
    package init(seed: UInt64) {
        var mixer = SplitMix64(state: seed)
        state = (mixer.next(), mixer.next(), mixer.next(), mixer.next())
    }

    /// Creates a generator whose state is the first 32 bytes of `seed` as little-endian words.
    ///
    /// A shorter seed is filled up with zeros; a seed of zeros only, which the algorithm cannot start from, means
    /// the same as the number 0.
    ///
    /// - Parameter seed: Bytes that are already well mixed, such as a SHA-256 digest.
    package init(seed: [UInt8]) {
        self.init(seed: 0)
        var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        for (index, byte) in seed.prefix(32).enumerated() {
            let bits = UInt64(byte) << UInt64(index % 8 * 8)
            switch index / 8 {
            case 0: words.0 |= bits
            case 1: words.1 |= bits
            case 2: words.2 |= bits
            default: words.3 |= bits
            }
        }
        if words != (0, 0, 0, 0) { state = words }
    }

    /// The same of any sequence, such as a digest.
    package init(seed: some Sequence<UInt8>) {
        self.init(seed: Array(seed))
    }

    package mutating func next() -> UInt64 {
        let result = (state.1 &* 5).rotatedLeft(by: 7) &* 9
        let shifted = state.1 << 17
        state.2 ^= state.0
        state.3 ^= state.1
        state.1 ^= state.2
        state.0 ^= state.3
        state.2 ^= shifted
        state.3 = state.3.rotatedLeft(by: 45)
        return result
    }

    package static func == (left: Self, right: Self) -> Bool {
        left.state == right.state
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(state.0)
        hasher.combine(state.1)
        hasher.combine(state.2)
        hasher.combine(state.3)
    }

    /// A new generator that depends on this one's next output and on `text`.
    ///
    /// Use it to give each part of an answer randomness of its own, so that one part's appetite does not change
    /// the other parts. Text is mixed in with FNV-1a, 64 bit (RFC 9923).
    package mutating func branch(mixing text: String) -> SeededGenerator {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return SeededGenerator(seed: next() ^ hash)
    }
}

extension UInt64 {
    fileprivate func rotatedLeft(by count: UInt64) -> UInt64 {
        self << count | self >> (64 - count)
    }
}

/// The generator that spreads a number over the state of a larger one.
private struct SplitMix64 {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}

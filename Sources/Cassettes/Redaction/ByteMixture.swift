internal import Foundation

/// What a run of bytes is made of: tells tokens from words.
struct ByteMixture {
    private var counts: [Int] = Array(repeating: 0, count: 256)
    private let total: Int

    init(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
        for index in range {
            counts[Int(bytes[index])] += 1
        }
        total = range.count
    }

    var hasLettersAndDigits: Bool {
        let digits = counts[0x30...0x39].contains { $0 > 0 }
        let letters = counts[0x41...0x5A].contains { $0 > 0 } || counts[0x61...0x7A].contains { $0 > 0 }
        return digits && letters
    }

    /// Shannon entropy in bits per byte.
    ///
    /// English words have about 3, random hex nearly 4, random base64 nearly 6.
    var entropy: Double {
        counts.reduce(0) { sum, count in
            guard count > 0 else { return sum }
            let share = Double(count) / Double(total)
            return sum - share * log2(share)
        }
    }

    /// At least 20 bytes without blanks, letters and digits, and too mixed for words.
    var isTokenLike: Bool {
        total >= 20 && hasLettersAndDigits && counts[0x20] == 0 && entropy >= 3.3
    }
}

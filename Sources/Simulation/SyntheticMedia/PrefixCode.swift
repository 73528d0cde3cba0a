/// A canonical prefix ("Huffman") code: the code words follow from their lengths.
///
/// Shorter words come first, and among words of a length those of smaller symbols (RFC 1951, section 3.2.2;
/// ITU-T T.81, annex C; RFC 9649, section 3.7.2).
struct PrefixCode: Sendable {
    /// The bits that stand for a symbol.
    struct Word: Sendable {
        var bits: Int
        var length: Int
    }

    /// The length of each symbol's word; 0 for a symbol that does not occur.
    let lengths: [Int]
    private let words: [Word]

    init(lengths: [Int]) {
        self.lengths = lengths
        var words = lengths.map { Word(bits: 0, length: $0) }
        var next = 0
        for length in 1...(lengths.max() ?? 1) {
            for symbol in lengths.indices where lengths[symbol] == length {
                words[symbol].bits = next
                next += 1
            }
            next <<= 1
        }
        self.words = words
    }

    subscript(symbol: Int) -> Word { words[symbol] }

    /// Lengths of words that use up all words beginning with a given one, and differ by one bit at most.
    ///
    /// - Parameters:
    ///   - count: The number of words, at least 1.
    ///   - prefixLength: The bits that all the words have in common.
    /// - Returns: The lengths, the shorter ones first.
    static func balancedLengths(count: Int, prefixLength: Int = 0) -> [Int] {
        let depth = Int.bitWidth - (count - 1).leadingZeroBitCount
        let shorter = (1 << depth) - count
        return (0..<count).map { prefixLength + ($0 < shorter ? depth - 1 : depth) }
    }
}

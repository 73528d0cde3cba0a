/// Decompresses DEFLATE (RFC 1951), to look into what is compressed.
///
/// Nothing that the input says is trusted: the output is bounded, and damage ends it.
struct Inflater {
    enum Failure: Error {
        /// The input ends early.
        case truncated
        /// No compressor writes that.
        case malformed
        case tooLarge
    }

    private let input: [UInt8]
    private let limit: Int
    private var position: Int
    private var bits: UInt32 = 0
    private var bitCount = 0
    private(set) var output: [UInt8] = []
    /// Byte counts of the input at which somebody wants to know how much output there was.
    private let marks: [Int]
    /// For each mark passed so far: the output that the bytes before it give.
    private(set) var counts: [Int] = []

    /// - Parameters:
    ///   - input: with whatever wrapper.
    ///   - marks: ascending.
    ///   - limit: of the output, in bytes.
    init(_ input: [UInt8], marks: [Int], limit: Int) {
        self.input = input
        self.marks = marks
        self.limit = limit
        position = 0
    }

    /// Bytes of the input that were taken, the one under way included.
    var consumed: Int { position }

    /// Decompresses the blocks that start at an offset of the input, up to the final one.
    mutating func inflate(from start: Int) throws(Failure) {
        position = start
        (bits, bitCount) = (0, 0)
        var isFinal = false
        while !isFinal {
            isFinal = try take(1) == 1
            switch try take(2) {
            case 0: try copyStored()
            case 1: try decode(literals: .fixedLiterals, distances: .fixedDistances)
            case 2:
                let (literals, distances) = try readTables()
                try decode(literals: literals, distances: distances)
            default: throw .malformed
            }
        }
    }

    /// Tells the marks that the input has no more to say to.
    mutating func finish() {
        while counts.count < marks.count { counts.append(output.count) }
    }

    private mutating func take(_ count: Int) throws(Failure) -> Int {
        while bitCount < count {
            guard position < input.count else { throw .truncated }
            // What came before this byte gave what there is by now.
            while counts.count < marks.count, marks[counts.count] <= position { counts.append(output.count) }
            bits |= UInt32(input[position]) << UInt32(bitCount)
            position += 1
            bitCount += 8
        }
        defer {
            bits >>= UInt32(count)
            bitCount -= count
        }
        return Int(bits & (1 << UInt32(count) - 1))
    }

    private mutating func append(_ byte: UInt8) throws(Failure) {
        guard output.count < limit else { throw .tooLarge }
        output.append(byte)
    }

    private mutating func copyStored() throws(Failure) {
        (bits, bitCount) = (0, 0)
        let count = try take(16)
        guard try take(16) == count ^ 0xFFFF else { throw .malformed }
        for _ in 0..<count { try append(UInt8(try take(8))) }
    }

    private mutating func decode(literals: HuffmanTable, distances: HuffmanTable) throws(Failure) {
        while true {
            let symbol = try take(literals)
            if symbol < 256 {
                try append(UInt8(symbol))
                continue
            }
            if symbol == 256 { return }
            guard symbol - 257 < Self.lengths.count else { throw .malformed }
            let (length, lengthBits) = Self.lengths[symbol - 257]
            let count = length + (try take(lengthBits))
            let code = try take(distances)
            guard code < Self.distances.count else { throw .malformed }
            let (distance, distanceBits) = Self.distances[code]
            let start = output.count - distance - (try take(distanceBits))
            guard start >= 0 else { throw .malformed }
            for index in start..<start + count { try append(output[index]) }
        }
    }

    private mutating func take(_ table: HuffmanTable) throws(Failure) -> Int {
        var code = 0
        var first = 0
        var index = 0
        for length in 1...HuffmanTable.longest {
            code |= try take(1)
            let count = table.counts[length]
            if code - first < count { return table.symbols[index + code - first] }
            index += count
            first = (first + count) << 1
            code <<= 1
        }
        throw .malformed
    }

    /// The tables of a block, themselves compressed (RFC 1951, section 3.2.7).
    private mutating func readTables() throws(Failure) -> (literals: HuffmanTable, distances: HuffmanTable) {
        let literalCount = try take(5) + 257
        let distanceCount = try take(5) + 1
        let lengthCount = try take(4) + 4
        var lengths = [Int](repeating: 0, count: 19)
        for place in Self.lengthOrder.prefix(lengthCount) { lengths[place] = try take(3) }
        let table = HuffmanTable(lengths: lengths)
        var all: [Int] = []
        while all.count < literalCount + distanceCount {
            let symbol = try take(table)
            switch symbol {
            case ..<16: all.append(symbol)
            case 16:
                guard let last = all.last else { throw .malformed }
                all += repeatElement(last, count: 3 + (try take(2)))
            case 17: all += repeatElement(0, count: 3 + (try take(3)))
            default: all += repeatElement(0, count: 11 + (try take(7)))
            }
        }
        guard all.count == literalCount + distanceCount else { throw .malformed }
        return (HuffmanTable(lengths: Array(all[..<literalCount])), HuffmanTable(lengths: Array(all[literalCount...])))
    }

    private static let lengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

    /// Length and further bits of the symbols from 257 on (RFC 1951, section 3.2.5).
    private static let lengths: [(Int, Int)] = {
        var lengths: [(Int, Int)] = []
        var length = 3
        for symbol in 0..<28 {
            let bits = symbol < 8 ? 0 : symbol / 4 - 1
            lengths.append((length, bits))
            length += 1 << bits
        }
        return lengths + [(258, 0)]
    }()

    private static let distances: [(Int, Int)] = {
        var distance = 1
        return (0..<30).map { symbol in
            let bits = symbol < 4 ? 0 : symbol / 2 - 1
            defer { distance += 1 << bits }
            return (distance, bits)
        }
    }()
}

/// A canonical Huffman code (RFC 1951, section 3.2.2).
struct HuffmanTable {
    static let longest = 15

    /// How many codes there are of each length.
    let counts: [Int]
    /// By length and then by value.
    let symbols: [Int]

    /// - Parameter lengths: of the code of each symbol, 0 for one that does not occur.
    init(lengths: [Int]) {
        var counts = [Int](repeating: 0, count: Self.longest + 1)
        for length in lengths where length > 0 { counts[length] += 1 }
        self.counts = counts
        symbols = (1...Self.longest).flatMap { length in lengths.indices.filter { lengths[$0] == length } }
    }

    static let fixedLiterals = HuffmanTable(
        lengths: [Int](repeating: 8, count: 144) + [Int](repeating: 9, count: 112) + [Int](repeating: 7, count: 24)
            + [Int](repeating: 8, count: 8)
    )
    static let fixedDistances = HuffmanTable(lengths: [Int](repeating: 5, count: 30))
}

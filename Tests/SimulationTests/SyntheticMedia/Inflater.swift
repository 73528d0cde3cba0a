/// Reads a zlib stream (RFC 1950) of compressed Deflate blocks (RFC 1951).
struct Inflater {
    private var reader: BitReader
    private var output: [UInt8] = []

    /// The bytes of a stream; nil if it is broken, or its checksum wrong.
    static func inflate(_ bytes: [UInt8]) -> [UInt8]? {
        guard bytes.count > 6, (Int(bytes[0]) << 8 | Int(bytes[1])) % 31 == 0, bytes[0] & 15 == 8 else { return nil }
        var inflater = Inflater(reader: BitReader(Array(bytes[2...]), lowFirst: true))
        var isLast = false
        while !isLast {
            isLast = inflater.reader.bit() == 1
            guard inflater.readBlock() else { return nil }
        }
        inflater.reader.align()
        let end = 2 + inflater.reader.position / 8
        guard end + 4 == bytes.count else { return nil }
        var (sum, sums) = (1, 0)
        for byte in inflater.output {
            sum = (sum + Int(byte)) % 65_521
            sums = (sums + sum) % 65_521
        }
        return Array(bytes[end...]) == [sums >> 8, sums & 255, sum >> 8, sum & 255].map { UInt8($0) }
            ? inflater.output : nil
    }

    private mutating func readBlock() -> Bool {
        guard reader.number(2) == 2 else { return false }
        let (literalCount, distanceCount) = (reader.number(5) + 257, reader.number(5) + 1)
        let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
        var lengthLengths = Array(repeating: 0, count: 19)
        for index in 0..<reader.number(4) + 4 { lengthLengths[order[index]] = reader.number(3) }
        let lengthCode = Code(lengthLengths)
        var lengths: [Int] = []
        while lengths.count < literalCount + distanceCount {
            guard let length = lengthCode.read(&reader), length < 16 else { return false }
            lengths.append(length)
        }
        return readSymbols(Code(Array(lengths[..<literalCount])), Code(Array(lengths[literalCount...])))
    }

    private mutating func readSymbols(_ literals: Code, _ distances: Code) -> Bool {
        let bases =
            [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31]
            + [35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258]
        while let symbol = literals.read(&reader), symbol != 256 {
            if symbol < 256 {
                output.append(UInt8(symbol))
            } else {
                let index = symbol - 257
                let extra = index < 8 || index == 28 ? 0 : index / 4 - 1
                let length = bases[index] + reader.number(extra)
                guard distances.read(&reader) == 0, let byte = output.last else { return false }
                output.append(contentsOf: repeatElement(byte, count: length))
            }
        }
        return reader.position <= reader.bytes.count * 8
    }

    /// A prefix code as a table from words, with a one before them, to symbols.
    private struct Code {
        private var symbols: [Int: Int] = [:]

        init(_ lengths: [Int]) {
            var word = 0
            for length in 1...15 {
                word <<= 1
                for symbol in lengths.indices where lengths[symbol] == length {
                    symbols[1 << length | word] = symbol
                    word += 1
                }
            }
        }

        func read(_ reader: inout BitReader) -> Int? {
            var word = 1
            while word < 1 << 16 {
                word = word << 1 | reader.bit()
                if let symbol = symbols[word] { return symbol }
            }
            return nil
        }
    }
}

/// Reads bits from bytes, the most significant bit of each byte first unless told otherwise; zeros beyond the end.
struct BitReader {
    let bytes: [UInt8]
    var position = 0
    var lowFirst = false

    init(_ bytes: [UInt8], lowFirst: Bool = false) {
        self.bytes = bytes
        self.lowFirst = lowFirst
    }

    mutating func bit() -> Int {
        defer { position += 1 }
        guard position / 8 < bytes.count else { return 0 }
        return Int(bytes[position / 8] >> UInt8(lowFirst ? position % 8 : 7 - position % 8)) & 1
    }

    /// A number of `count` bits, whose first bit is the highest or, with `lowFirst`, the lowest.
    mutating func number(_ count: Int) -> Int {
        (0..<count).reduce(0) { lowFirst ? $0 | bit() << $1 : $0 << 1 | bit() }
    }

    /// A number of `count` bits in two's complement, the highest first.
    mutating func signed(_ count: Int) -> Int {
        let value = number(count)
        return value >> (count - 1) == 1 ? value - 1 << count : value
    }

    /// The zeros before the next one, which is read, too.
    mutating func unary() -> Int {
        var zeros = 0
        while position < bytes.count * 8, bit() == 0 { zeros += 1 }
        return zeros
    }

    /// An Exp-Golomb number (ISO/IEC 14496-10, section 9.1).
    mutating func expGolomb() -> Int {
        let zeros = unary()
        return 1 << zeros - 1 + number(zeros)
    }

    mutating func align() { position = (position + 7) / 8 * 8 }
}

/// Compresses runs of equal bytes into a zlib stream (RFC 1950), at a cost that does not grow with the longest runs.
///
/// The stream is one Deflate block (RFC 1951) with a prefix code chosen for mosaics: the match of 258 bytes, the
/// longest, has one bit, and the bytes 0 and 2, which begin the lines of a mosaic in a PNG, have three.
struct RunLengthZlib {
    private var bits: LowBitWriter
    private var checksum = Adler32()
    private var last: UInt8?

    init() {
        // Deflate with a window of 32 KiB, no dictionary; 0x7801 is a multiple of 31 (RFC 1950, section 2.2).
        bits = LowBitWriter(after: [0x78, 0x01])
        appendBlockHeader()
    }

    /// Appends `count` times the same byte.
    mutating func append(_ byte: UInt8, count: Int) {
        guard count > 0 else { return }
        checksum.append(byte, count: count)
        var rest = count
        if byte != last {
            bits.append(Self.code[Int(byte)])
            rest -= 1
        }
        last = byte
        while rest >= 3 {
            let length = min(rest, 258)
            appendMatch(length)
            rest -= length
        }
        for _ in 0..<rest { bits.append(Self.code[Int(byte)]) }
    }

    /// The whole stream.
    consuming func finished() -> [UInt8] {
        bits.append(Self.code[256])
        bits.align()
        var bytes = bits.bytes
        bytes.append(bigEndian: checksum.value)
        return bytes
    }

    /// Repeats the last byte (RFC 1951, section 3.2.5).
    private mutating func appendMatch(_ length: Int) {
        if length == 258 {
            bits.append(Self.code[285])
        } else {
            let offset = length - 3
            let extraBits = max(0, Int.bitWidth - 3 - offset.leadingZeroBitCount)
            bits.append(Self.code[257 + 4 * extraBits + offset >> extraBits])
            bits.append(offset, extraBits)
        }
        bits.append(0, 1)  // The only distance code: one byte back.
    }

    /// The header of the only block (RFC 1951, section 3.2.7).
    private mutating func appendBlockHeader() {
        bits.append(1, 1)  // BFINAL
        bits.append(2, 2)  // BTYPE: prefix codes of its own
        bits.append(Self.code.lengths.count - 257, 5)
        bits.append(0, 5)  // One distance code.
        let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1]
        bits.append(order.count - 4, 4)
        for symbol in order { bits.append(Self.lengthCode.lengths[symbol], 3) }
        for length in Self.code.lengths { bits.append(Self.lengthCode[length]) }
        bits.append(Self.lengthCode[1])  // The length of the distance code.
    }

    /// The code of literals, end of block, and match lengths.
    private static let code = {
        let rest = PrefixCode.balancedLengths(count: 283, prefixLength: 2)
        return PrefixCode(lengths: [3, rest[0], 3] + rest[1...] + [1])
    }()

    /// The code of the lengths of ``code``: 1, 3, 10 and 11.
    private static let lengthCode = PrefixCode(
        lengths: [0, 3, 0, 3, 0, 0, 0, 0, 0, 0, 1, 2] + Array(repeating: 0, count: 7)
    )
}

/// The checksum of a zlib stream (RFC 1950, section 8.2).
private struct Adler32 {
    private var sum = 1
    private var sumOfSums = 0

    var value: UInt32 { UInt32(sumOfSums << 16 | sum) }

    /// Adds a run at once: each byte adds itself to the sum, and the sum after it to the sum of sums.
    mutating func append(_ byte: UInt8, count: Int) {
        sumOfSums = (sumOfSums + count * sum + Int(byte) * (count * (count + 1) / 2)) % 65_521
        sum = (sum + count * Int(byte)) % 65_521
    }
}

/// Writes bits into bytes, the least significant bit of each byte first, as Deflate and WebP do.
struct LowBitWriter {
    /// The bytes that are full.
    private(set) var bytes: [UInt8]
    private var pending: UInt64 = 0
    private var pendingCount = 0

    /// Creates a writer that goes on after `bytes`.
    init(after bytes: [UInt8] = []) {
        self.bytes = bytes
    }

    /// Appends the lowest `count` bits of `value`, the lowest of them first; `count` is 0 to 32.
    mutating func append(_ value: Int, _ count: Int) {
        pending |= (UInt64(truncatingIfNeeded: value) & ((1 << UInt64(count)) - 1)) << UInt64(pendingCount)
        pendingCount += count
        while pendingCount >= 8 {
            bytes.append(UInt8(truncatingIfNeeded: pending))
            pending >>= 8
            pendingCount -= 8
        }
    }

    /// Appends a code word of a prefix code, whose first bit is its most significant one (RFC 1951, section 3.1.1).
    mutating func append(_ word: PrefixCode.Word) {
        for shift in (0..<word.length).reversed() { append(word.bits >> shift, 1) }
    }

    /// Fills the last byte up with zeros.
    mutating func align() {
        if pendingCount > 0 { append(0, 8 - pendingCount) }
    }
}

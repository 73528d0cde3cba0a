/// Writes bits into bytes, the most significant bit of each byte first, as JPEG, MPEG and FLAC do.
struct BitWriter {
    /// The bytes that are full.
    private(set) var bytes: [UInt8]
    private var pending: UInt64 = 0
    private var pendingCount = 0

    /// Creates a writer that goes on after `bytes`.
    init(after bytes: [UInt8] = []) {
        self.bytes = bytes
    }

    /// The bits written so far.
    var bitCount: Int { bytes.count * 8 + pendingCount }

    /// Appends the lowest `count` bits of `value`, the highest of them first; `count` is 0 to 32.
    mutating func append(_ value: some BinaryInteger, _ count: Int) {
        pending = pending << UInt64(count) | UInt64(truncatingIfNeeded: value) & ((1 << UInt64(count)) - 1)
        pendingCount += count
        while pendingCount >= 8 {
            pendingCount -= 8
            bytes.append(UInt8(truncatingIfNeeded: pending >> UInt64(pendingCount)))
        }
    }

    /// Appends a code word of a prefix code.
    mutating func append(_ word: PrefixCode.Word) {
        append(word.bits, word.length)
    }

    /// Fills the last byte up with copies of `bit`.
    mutating func align(with bit: Int = 0) {
        while pendingCount > 0 { append(bit, 1) }
    }
}

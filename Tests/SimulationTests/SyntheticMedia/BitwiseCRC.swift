/// Checks computed one bit at a time, as their definitions read.
enum BitwiseCRC {
    /// The check of PNG, which is also what the goldens are pinned by.
    static func crc32(_ bytes: some Sequence<UInt8>) -> UInt32 {
        var rest: UInt32 = .max
        for byte in bytes {
            rest ^= UInt32(byte)
            for _ in 0..<8 { rest = rest >> 1 ^ (rest & 1 == 1 ? 0xEDB8_8320 : 0) }
        }
        return ~rest
    }

    /// A check that starts from 0, the highest bit first.
    static func highFirst(_ bytes: some Sequence<UInt8>, polynomial: UInt64, width: UInt64) -> UInt64 {
        var rest: UInt64 = 0
        for byte in bytes {
            for shift in (0..<8).reversed() {
                let top = rest >> (width - 1) & 1 ^ UInt64(byte) >> UInt64(shift) & 1
                rest = (rest << 1 ^ (top == 1 ? polynomial : 0)) & (1 << width - 1)
            }
        }
        return rest
    }
}

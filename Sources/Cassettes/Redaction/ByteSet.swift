/// A set of byte values, asked millions of times.
struct ByteSet: Sendable {
    private var low: (UInt64, UInt64) = (0, 0)

    /// - Parameter characters: ASCII characters.
    init(_ characters: String) {
        for byte in characters.utf8 where byte < 128 {
            if byte < 64 {
                low.0 |= 1 << UInt64(byte)
            } else {
                low.1 |= 1 << UInt64(byte - 64)
            }
        }
    }

    @inline(__always)
    func contains(_ byte: UInt8) -> Bool {
        guard byte < 128 else { return false }
        return byte < 64 ? low.0 >> UInt64(byte) & 1 == 1 : low.1 >> UInt64(byte & 63) & 1 == 1
    }

    static let digits = "0123456789"
    static let upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    static let lower = "abcdefghijklmnopqrstuvwxyz"

    static let alphanumeric = ByteSet(digits + upper + lower)
    static let word = ByteSet(digits + upper + lower + "_")
    static let base64URL = ByteSet(digits + upper + lower + "_-")
    /// token68 of RFC 9110 §11.2.
    static let token68 = ByteSet(digits + upper + lower + "-._~+/=")
    static let hex = ByteSet(digits + "abcdefABCDEF")
    static let lowerHex = ByteSet(digits + "abcdef")
    static let upperDigits = ByteSet(digits + upper)
    /// Two parts of base64url.
    static let sendGrid = ByteSet(digits + upper + lower + "_-.")
    static let memberName = ByteSet(digits + upper + lower + "_-.")
}

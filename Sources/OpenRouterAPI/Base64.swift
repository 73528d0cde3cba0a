/// Base64 as data URLs, embeddings and audio carry it (RFC 4648, section 4).
package enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// Encodes with padding.
    package static func encoded(_ bytes: some Collection<UInt8>) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        var group: UInt32 = 0
        var count = 0
        for byte in bytes {
            group = group << 8 | UInt32(byte)
            count += 1
            guard count == 3 else { continue }
            append(group, characters: 4, to: &text)
            group = 0
            count = 0
        }
        if count > 0 {
            append(group << UInt32(8 * (3 - count)), characters: count + 1, to: &text)
            for _ in count..<3 { text.append(UInt8(ascii: "=")) }
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func append(_ group: UInt32, characters: Int, to text: inout [UInt8]) {
        for position in 0..<characters {
            text.append(alphabet[Int(group >> UInt32(18 - 6 * position) & 63)])
        }
    }

    /// Decodes; padding may be missing, and line breaks and spaces are skipped.
    ///
    /// - Returns: nil for any other character, and for a length that no bytes have.
    package static func decoded(_ text: some StringProtocol) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count / 4 * 3)
        var group: UInt32 = 0
        var bits = 0
        var characterCount = 0
        var paddingCount = 0
        for character in text.utf8 {
            if character == UInt8(ascii: "=") {
                paddingCount += 1
                continue
            }
            if character == 0x0A || character == 0x0D || character == 0x20 { continue }
            guard paddingCount == 0, let value = value(of: character) else { return nil }
            characterCount += 1
            group = group << 6 | value
            bits += 6
            guard bits >= 8 else { continue }
            bits -= 8
            bytes.append(UInt8(truncatingIfNeeded: group >> UInt32(bits)))
        }
        let isWhole = characterCount % 4 != 1 && paddingCount <= 2
        return isWhole ? bytes : nil
    }

    private static func value(of character: UInt8) -> UInt32? {
        switch character {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(character - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(character - UInt8(ascii: "a")) + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(character - UInt8(ascii: "0")) + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}

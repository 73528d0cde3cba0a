/// Byte-level questions that reading and writing of strings share.
enum JSONScan {
    /// Finds the next byte of a string that cannot be taken as it is: `"`, `\`, a control character and, if asked for,
    /// anything outside ASCII.
    ///
    /// Looks at eight bytes at a time. Each term has the high bit set in the bytes it looks for; above the first hit a
    /// borrow may set more, so only the lowest one counts ("Bit Twiddling Hacks", "Determine if a word has a byte less
    /// than n").
    ///
    /// - Returns: The offset of that byte, or the number of bytes if there is none.
    static func firstSpecialByte(
        of bytes: UnsafeBufferPointer<UInt8>,
        from start: Int,
        includingNonASCII: Bool
    ) -> Int {
        let highBits: UInt64 = 0x8080_8080_8080_8080
        let ones: UInt64 = 0x0101_0101_0101_0101
        let raw = UnsafeRawBufferPointer(bytes)
        var offset = start
        while offset &+ 8 <= bytes.count {
            let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            let quotes = word ^ (ones &* 0x22)
            let backslashes = word ^ (ones &* 0x5C)
            var hits = (quotes &- ones) & ~quotes
            hits |= (backslashes &- ones) & ~backslashes
            hits |= (word &- (ones &* 0x20)) & ~word
            if includingNonASCII {
                hits |= word
            }
            hits &= highBits
            if hits != 0 {
                return offset &+ hits.trailingZeroBitCount / 8
            }
            offset &+= 8
        }
        while offset < bytes.count {
            let byte = bytes[offset]
            if byte == 0x22 || byte == 0x5C || byte < 0x20 || (includingNonASCII && byte >= 0x80) {
                return offset
            }
            offset &+= 1
        }
        return offset
    }

    /// The length of the UTF-8 sequence at an offset, or 0 if it is ill-formed.
    ///
    /// Follows the table of RFC 3629, section 4, which leaves out overlong forms, surrogates and anything above
    /// U+10FFFF.
    static func utf8SequenceLength(of bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> Int {
        func isContinuation(_ distance: Int, _ allowed: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
            offset + distance < bytes.count && allowed.contains(bytes[offset + distance])
        }
        switch bytes[offset] {
        case 0x00...0x7F: return 1
        case 0xC2...0xDF: return isContinuation(1) ? 2 : 0
        case 0xE0: return isContinuation(1, 0xA0...0xBF) && isContinuation(2) ? 3 : 0
        case 0xED: return isContinuation(1, 0x80...0x9F) && isContinuation(2) ? 3 : 0
        case 0xE1...0xEF: return isContinuation(1) && isContinuation(2) ? 3 : 0
        case 0xF0: return isContinuation(1, 0x90...0xBF) && isContinuation(2) && isContinuation(3) ? 4 : 0
        case 0xF1...0xF3: return isContinuation(1) && isContinuation(2) && isContinuation(3) ? 4 : 0
        case 0xF4: return isContinuation(1, 0x80...0x8F) && isContinuation(2) && isContinuation(3) ? 4 : 0
        default: return 0
        }
    }

    /// The value of a hexadecimal digit, or nil for any other byte.
    static func hexValue(of byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }
}

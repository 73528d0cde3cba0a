/// Escapes in strings, read and written (RFC 8259, section 7).
enum JSONEscapes {
    /// What an escaped surrogate without its partner becomes.
    enum LoneSurrogates {
        /// U+FFFD, since a Swift string cannot hold it.
        case replaced
        /// Three bytes as if it were a character (WTF-8). No well-formed source contains them, so that different
        /// strings stay different.
        case kept
    }

    /// Decodes the contents of a string that the parser has accepted.
    static func decode(_ contents: UnsafeBufferPointer<UInt8>, loneSurrogates: LoneSurrogates) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(contents.count)
        var offset = 0
        while let backslash = contents[offset...].firstIndex(of: UInt8(ascii: "\\")) {
            output.append(contentsOf: contents[offset..<backslash])
            offset = backslash + 2
            switch contents[backslash + 1] {
            case UInt8(ascii: "b"): output.append(0x08)
            case UInt8(ascii: "f"): output.append(0x0C)
            case UInt8(ascii: "n"): output.append(0x0A)
            case UInt8(ascii: "r"): output.append(0x0D)
            case UInt8(ascii: "t"): output.append(0x09)
            case UInt8(ascii: "u"):
                var code = codeUnit(in: contents, at: offset)
                offset += 4
                if code & 0xFC00 == 0xD800, let low = lowSurrogate(in: contents, at: offset) {
                    code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
                    offset += 6
                } else if code & 0xF800 == 0xD800, loneSurrogates == .replaced {
                    code = 0xFFFD
                }
                append(code, to: &output)
            case let literal: output.append(literal)
            }
        }
        output.append(contentsOf: contents[offset...])
        return output
    }

    /// Appends the shortest escape of a quote, a backslash or a control character, as `JSON.stringify` writes it
    /// (ECMA-262, QuoteJSONString).
    static func appendEscape(for byte: UInt8, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\\"))
        switch byte {
        case 0x08: output.append(UInt8(ascii: "b"))
        case 0x09: output.append(UInt8(ascii: "t"))
        case 0x0A: output.append(UInt8(ascii: "n"))
        case 0x0C: output.append(UInt8(ascii: "f"))
        case 0x0D: output.append(UInt8(ascii: "r"))
        case ..<0x20: appendCodeUnit(UInt32(byte), to: &output)
        default: output.append(byte)
        }
    }

    /// Appends decoded text between quotes, everything literal that may be.
    ///
    /// Kept lone surrogates turn back into escapes.
    static func appendQuoted(_ text: UnsafeBufferPointer<UInt8>, to output: inout [UInt8], hasSurrogates: Bool = false)
    {
        output.append(UInt8(ascii: "\""))
        var offset = 0
        while offset < text.count {
            let special = JSONScan.firstSpecialByte(of: text, from: offset, includingNonASCII: hasSurrogates)
            output.append(contentsOf: UnsafeBufferPointer(rebasing: text[offset..<special]))
            guard special < text.count else { break }
            let byte = text[special]
            offset = special + 1
            if byte < 0x80 {
                appendEscape(for: byte, to: &output)
            } else if byte == 0xED, text[special + 1] >= 0xA0 {
                let code = UInt32(0xD000) | UInt32(text[special + 1] & 0x3F) << 6 | UInt32(text[special + 2] & 0x3F)
                output.append(UInt8(ascii: "\\"))
                appendCodeUnit(code, to: &output)
                offset = special + 3
            } else {
                output.append(byte)
            }
        }
        output.append(UInt8(ascii: "\""))
    }

    private static func codeUnit(in contents: UnsafeBufferPointer<UInt8>, at offset: Int) -> UInt32 {
        contents[offset..<offset + 4].reduce(0) { $0 << 4 | (JSONScan.hexValue(of: $1) ?? 0) }
    }

    private static func lowSurrogate(in contents: UnsafeBufferPointer<UInt8>, at offset: Int) -> UInt32? {
        guard offset + 6 <= contents.count,
            contents[offset] == UInt8(ascii: "\\"), contents[offset + 1] == UInt8(ascii: "u")
        else { return nil }
        let code = codeUnit(in: contents, at: offset + 2)
        return code & 0xFC00 == 0xDC00 ? code : nil
    }

    private static func append(_ code: UInt32, to output: inout [UInt8]) {
        func tail(_ shift: UInt32) -> UInt8 {
            0x80 | UInt8(truncatingIfNeeded: code >> shift) & 0x3F
        }
        switch code {
        case ..<0x80: output.append(UInt8(truncatingIfNeeded: code))
        case ..<0x800: output += [0xC0 | UInt8(truncatingIfNeeded: code >> 6), tail(0)]
        case ..<0x10000: output += [0xE0 | UInt8(truncatingIfNeeded: code >> 12), tail(6), tail(0)]
        default: output += [0xF0 | UInt8(truncatingIfNeeded: code >> 18), tail(12), tail(6), tail(0)]
        }
    }

    /// Appends `u` and four lower-case hexadecimal digits.
    private static func appendCodeUnit(_ code: UInt32, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "u"))
        for shift in [UInt32(12), 8, 4, 0] {
            let digit = UInt8(truncatingIfNeeded: code >> shift & 0xF)
            output.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        }
    }
}

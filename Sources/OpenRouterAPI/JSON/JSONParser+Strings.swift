extension JSONParser {
    /// Reads a string (RFC 8259, section 7) whose opening quote is the next byte.
    ///
    /// Escapes are checked here and decoded only when the text is asked for. An escaped surrogate without its partner
    /// is accepted, as section 8.2 notes that the grammar allows it.
    mutating func scanString() throws(JSONSyntaxError) {
        let start = position
        var flags: JSONNode.Flags = []
        position += 1
        while true {
            position = JSONScan.firstSpecialByte(of: source, from: position, includingNonASCII: true)
            guard position < source.count else {
                throw unexpected(expected: "'\"' at the end of the string")
            }
            switch source[position] {
            case UInt8(ascii: "\""):
                position += 1
                return append(.string, from: start, to: position, flags: flags)
            case UInt8(ascii: "\\"):
                flags = .hasEscapes
                try scanEscape()
            case ..<0x20:
                throw failure(
                    found: "\(describe(position)) in a string",
                    expected: "\(escape(for: source[position])) for it"
                )
            default:
                let length = JSONScan.utf8SequenceLength(of: source, at: position)
                guard length > 0 else {
                    throw unexpected(expected: "a character in UTF-8")
                }
                position += length
            }
        }
    }

    private mutating func scanEscape() throws(JSONSyntaxError) {
        position += 1
        guard position < source.count else {
            throw unexpected(expected: #"an escape after '\'"#)
        }
        switch source[position] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            position += 1
        case UInt8(ascii: "u"):
            position += 1
            for _ in 0..<4 {
                guard position < source.count, JSONScan.hexValue(of: source[position]) != nil else {
                    throw unexpected(expected: #"four hexadecimal digits after '\u'"#)
                }
                position += 1
            }
        default:
            throw unexpected(expected: #"one of " \ / b f n r t u after '\'"#)
        }
    }

    private func escape(for control: UInt8) -> String {
        var bytes: [UInt8] = []
        JSONEscapes.appendEscape(for: control, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}

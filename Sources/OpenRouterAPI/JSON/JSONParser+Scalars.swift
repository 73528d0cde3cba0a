extension JSONParser {
    /// Reads a number (RFC 8259, section 6): `-`, digits without a leading zero, fraction, exponent.
    mutating func scanNumber() throws(JSONSyntaxError) {
        let start = position
        var flags: JSONNode.Flags = .isPlainInteger
        if source[position] == UInt8(ascii: "-") {
            position += 1
        }
        if position < source.count, source[position] == UInt8(ascii: "0") {
            position += 1
            if position < source.count, isDigit(source[position]) {
                throw unexpected(expected: "no digits after a leading zero")
            }
        } else {
            try scanDigits(after: "'-'")
        }
        if position < source.count, source[position] == UInt8(ascii: ".") {
            flags = []
            position += 1
            try scanDigits(after: "'.'")
        }
        // Setting bit 5 turns `E` into `e` and no other byte into it.
        if position < source.count, source[position] | 0x20 == UInt8(ascii: "e") {
            flags = []
            position += 1
            if position < source.count,
                source[position] == UInt8(ascii: "-") || source[position] == UInt8(ascii: "+")
            {
                position += 1
            }
            try scanDigits(after: "the exponent's 'e'")
        }
        append(.number, from: start, to: position, flags: flags)
    }

    /// Reads `true`, `false` or `null`, of which the first letter is known to be there.
    mutating func scanLiteral(
        _ literal: StaticString,
        _ kind: JSONKind,
        flags: JSONNode.Flags = []
    ) throws(JSONSyntaxError) {
        let start = position
        for offset in 0..<literal.utf8CodeUnitCount {
            guard position < source.count, source[position] == literal.utf8Start[offset] else {
                throw unexpected(expected: "'\(literal)'")
            }
            position += 1
        }
        append(kind, from: start, to: position, flags: flags)
    }

    private mutating func scanDigits(after what: StaticString) throws(JSONSyntaxError) {
        let start = position
        while position < source.count, isDigit(source[position]) {
            position += 1
        }
        guard position > start else {
            throw unexpected(expected: "a digit after \(what)")
        }
    }

    private func isDigit(_ byte: UInt8) -> Bool {
        byte &- UInt8(ascii: "0") < 10
    }
}

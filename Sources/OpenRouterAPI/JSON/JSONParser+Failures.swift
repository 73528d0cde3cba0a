extension JSONParser {
    /// Refuses texts that fail as a whole, with more helpful words than their first byte would give.
    func checkStart() throws(JSONSyntaxError) {
        guard source.count <= Self.maximumByteCount else {
            throw failure(found: "text of \(source.count) bytes", expected: "at most \(Self.maximumByteCount) bytes")
        }
        // RFC 8259, section 8.1: a sender must not add a byte order mark.
        if source.starts(with: [0xEF, 0xBB, 0xBF]) {
            throw failure(found: "byte order mark (U+FEFF)", expected: "a value without one before it")
        }
        if source.isEmpty {
            throw failure(found: "end of input (the text is empty)", expected: "a value")
        }
    }

    /// The error for whatever is at the next byte.
    func unexpected(expected: String) -> JSONSyntaxError {
        failure(found: describe(position), expected: expected)
    }

    func failure(found: String, expected: String) -> JSONSyntaxError {
        JSONSyntaxError(
            byteOffset: position,
            position: JSONPosition(ofByte: position, in: source),
            found: found,
            expected: expected
        )
    }

    /// Names what is at an offset: a quoted character, a control character's code, a stray byte or the end.
    func describe(_ offset: Int) -> String {
        guard offset < source.count else {
            return "end of input"
        }
        let byte = source[offset]
        switch byte {
        case UInt8(ascii: "\n"): return "line feed (U+000A)"
        case UInt8(ascii: "\r"): return "carriage return (U+000D)"
        case UInt8(ascii: "\t"): return "tab (U+0009)"
        case UInt8(ascii: "'"): return "single quote"
        case ..<0x20, 0x7F: return "control character U+00\(hex(byte))"
        case ..<0x7F: return "'\(Character(Unicode.Scalar(byte)))'"
        default: break
        }
        let length = JSONScan.utf8SequenceLength(of: source, at: offset)
        guard length > 0 else {
            return "byte 0x\(hex(byte)) (ill-formed UTF-8)"
        }
        return "'\(String(decoding: source[offset..<offset + length], as: UTF8.self))'"
    }

    private func hex(_ byte: UInt8) -> String {
        (byte < 0x10 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }
}

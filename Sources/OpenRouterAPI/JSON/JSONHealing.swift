/// Completes JSON that was cut off.
package enum JSONHealing {
    /// Ends what is open, and drops what cannot be ended.
    ///
    /// - Returns: nil when the text is JSON already, or does not begin like JSON.
    package static func healed(_ text: String) -> String? {
        let bytes = Array(text.utf8)
        guard (try? JSONDocument(parsing: bytes)) == nil else { return nil }
        // The longest beginning that its closers make whole; a cut is near the end, so few are tried.
        var end = bytes.count
        while end > 0 {
            let candidate = closed(bytes[..<end])
            if (try? JSONDocument(parsing: candidate)) != nil { return String(decoding: candidate, as: UTF8.self) }
            end -= 1
        }
        return nil
    }

    private static func closed(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var closers: [UInt8] = []
        var isInString = false
        var isEscaped = false
        for byte in bytes {
            if isInString {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isInString = true
            case UInt8(ascii: "{"): closers.append(UInt8(ascii: "}"))
            case UInt8(ascii: "["): closers.append(UInt8(ascii: "]"))
            case UInt8(ascii: "}"), UInt8(ascii: "]"): _ = closers.popLast()
            default: break
            }
        }
        return Array(bytes) + (isInString ? [UInt8(ascii: "\"")] : []) + closers.reversed()
    }
}

/// Values of telling names in a query or a form body: `?api_key=…`.
enum QuerySecrets {
    private static let minimumCount = 6

    static func matches(in bytes: UnsafeBufferPointer<UInt8>) -> [SecretMatch] {
        var matches: [SecretMatch] = []
        var start = 0
        for index in 0...bytes.count where index == bytes.count || isSeparator(bytes[index]) {
            if let equals = bytes[start..<index].firstIndex(of: UInt8(ascii: "=")) {
                let value = equals + 1..<index
                if isSecret(name: start..<equals, value: value, in: bytes) {
                    matches.append(SecretMatch(range: value, kind: "value of a telling name"))
                }
            }
            start = index + 1
        }
        return matches
    }

    private static func isSeparator(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "&") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#")
    }

    private static func isSecret(name: Range<Int>, value: Range<Int>, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard value.count >= minimumCount, !Placeholder.matches(bytes, value) else { return false }
        switch SecretName.verdict(on: bytes[name]) {
        case .secret: return true
        case .maybe: return ByteMixture(bytes, value).isTokenLike
        case nil: return isShortName(bytes[name]) && ByteMixture(bytes, value).isTokenLike
        }
    }

    /// Names that only a query gives a meaning: `code` is an authorization code (RFC 6749 §4.1.2).
    private static func isShortName(_ name: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        ["key", "code", "sig", "signature"].contains { name.elementsEqual($0.utf8) }
    }
}

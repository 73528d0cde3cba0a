/// Values of telling names in a query or a form body: `?api_key=…`.
enum QuerySecrets {
    private static let minimumCount = 6

    static func ranges(in bytes: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var start = 0
        for index in 0...bytes.count where index == bytes.count || isSeparator(bytes[index]) {
            if let equals = bytes[start..<index].firstIndex(of: UInt8(ascii: "=")) {
                let value = equals + 1..<index
                if isSecret(name: start..<equals, value: value, in: bytes) { ranges.append(value) }
            }
            start = index + 1
        }
        return ranges
    }

    private static func isSeparator(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "&") || byte == UInt8(ascii: "?")
    }

    private static func isSecret(name: Range<Int>, value: Range<Int>, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard value.count >= minimumCount, !Placeholder.matches(bytes, value) else { return false }
        switch SecretName.verdict(on: bytes[name]) {
        case .secret: return true
        case .maybe: return ByteMixture(bytes, value).isTokenLike
        case nil: return bytes[name].elementsEqual("key".utf8) && ByteMixture(bytes, value).isTokenLike
        }
    }
}

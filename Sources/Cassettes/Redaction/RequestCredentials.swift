internal import HTTPTypes

/// The credentials of one request, looked for wherever else they might appear.
struct RequestCredentials {
    /// What to look for, as bytes: each credential, and its spellings in JSON and in URLs where they differ.
    let literals: [[UInt8]]

    init(in fields: HTTPFields, responseFields: HTTPFields = [:]) {
        var literals: Set<[UInt8]> = []
        for value in Self.fieldValues(in: fields) + Self.fieldValues(in: responseFields) {
            for secret in Self.secrets(in: value) where Self.isDistinctive(secret) {
                for spelling in Self.spellings(of: secret) {
                    literals.insert(spelling)
                }
            }
        }
        // Longest first, so that one inside another does not cut it.
        self.literals = literals.sorted { left, right in
            left.count == right.count ? left.lexicographicallyPrecedes(right) : left.count > right.count
        }
    }

    /// The values of all fields that carry credentials or cookies, in order.
    static func fieldValues(in fields: HTTPFields) -> [String] {
        fields.filter { SecretName.isCredentialField($0.name.canonicalName) }.map { field in
            // Behind the first pair stand its path, domain and expiry.
            field.name == .setCookie ? String(field.value.prefix { $0 != ";" }) : field.value
        }
    }

    /// Where the literals stand.
    func ranges(in bytes: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        for literal in literals {
            var index = 0
            while let found = bytes.firstRange(of: literal, from: index) {
                ranges.append(found)
                index = found.upperBound
            }
        }
        return ranges
    }

    /// `Bearer x` holds x; a cookie line holds the value of each pair, as Digest does (RFC 7616 §3.4).
    private static func secrets(in value: String) -> [Substring] {
        value.split(whereSeparator: { $0 == ";" || $0 == " " || $0 == "," }).flatMap { word in
            guard let equals = word.firstIndex(of: "=") else { return [word] }
            // Either may be a pair or a token with a `=` in it.
            return [word, word[word.index(after: equals)...]]
        }
    }

    /// A key such as `test` or `openrouter` is a word of ordinary text as well.
    private static func isDistinctive(_ secret: Substring) -> Bool {
        let bytes = Array(secret.utf8)
        if bytes.count >= 24 { return true }
        return bytes.count >= 12
            && bytes.withUnsafeBufferPointer { ByteMixture($0, 0..<$0.count).hasLettersAndDigits }
    }

    private static func spellings(of secret: Substring) -> [[UInt8]] {
        let plain = Array(secret.utf8)
        if plain.allSatisfy(ByteSet.memberName.contains) { return [plain] }
        let inJSON = plain.flatMap { $0 == UInt8(ascii: "/") ? [UInt8(ascii: "\\"), $0] : [$0] }
        let inURL = plain.flatMap { byte in
            ByteSet.memberName.contains(byte) ? [byte] : percentEncoded(byte)
        }
        return [plain, inJSON, inURL]
    }

    private static func percentEncoded(_ byte: UInt8) -> [UInt8] {
        let digits = String(byte, radix: 16, uppercase: true)
        return Array((byte < 16 ? "%0" : "%").utf8) + Array(digits.utf8)
    }
}

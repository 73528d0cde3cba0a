internal import HTTPTypes

/// The credentials of one request, looked for wherever else they might appear.
struct RequestCredentials {
    /// What to look for, as plain bytes; ``SpelledText`` and ``EncodedText`` see to other spellings.
    private(set) var literals: [[UInt8]]

    /// Each costs a look through all texts; no honest exchange has as many.
    private static let limit = 256

    /// None, to begin with.
    init() {
        literals = []
    }

    init(in fields: HTTPFields) {
        self.init()
        add(in: fields)
    }

    /// Looks for the credentials of these fields as well.
    mutating func add(in fields: HTTPFields) {
        add(Self.fieldValues(in: fields).flatMap(Self.secrets).map { Array($0.utf8) }, atLeast: 12)
    }

    /// Looks for these as well, if they cannot be meant as words.
    ///
    /// - Parameters:
    ///   - secrets: as plain bytes.
    ///   - count: how long those with letters and digits must be; others need 24 bytes.
    /// - Returns: whether any was new.
    @discardableResult
    mutating func add(_ secrets: [[UInt8]], atLeast count: Int) -> Bool {
        let all = Set(secrets.filter { Self.isDistinctive($0, atLeast: count) }).subtracting(literals)
        let new = all.sorted { $0.lexicographicallyPrecedes($1) }.prefix(max(0, Self.limit - literals.count))
        // Longest first, so that one inside another does not cut it.
        literals = (literals + new).sorted { left, right in
            left.count == right.count ? left.lexicographicallyPrecedes(right) : left.count > right.count
        }
        return !new.isEmpty
    }

    /// The values of all fields that carry credentials or cookies, in order.
    static func fieldValues(in fields: HTTPFields) -> [String] {
        fields.filter { SecretName.isCredentialField($0.name.canonicalName) }.map { field in
            // Behind the first pair stand its path, domain and expiry.
            field.name == .setCookie ? String(field.value.prefix { $0 != ";" }) : field.value
        }
    }

    /// Where the literals stand.
    func matches(in bytes: UnsafeBufferPointer<UInt8>) -> [SecretMatch] {
        var matches: [SecretMatch] = []
        for literal in literals {
            var index = 0
            while let found = bytes.firstRange(of: literal, from: index) {
                matches.append(SecretMatch(range: found, kind: "secret of this exchange"))
                index = found.upperBound
            }
        }
        return matches
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
    private static func isDistinctive(_ secret: [UInt8], atLeast count: Int) -> Bool {
        guard secret.count >= min(count, 24) else { return false }
        return secret.withUnsafeBufferPointer { bytes in
            let isLongOrMixed = bytes.count >= 24 || ByteMixture(bytes, 0..<bytes.count).hasLettersAndDigits
            return isLongOrMixed && !Placeholder.matches(bytes, 0..<bytes.count)
        }
    }
}

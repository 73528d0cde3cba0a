/// How a provider's keys look: a prefix and a run of characters.
///
/// Prefixes are those that the providers document for secret scanning, seen in GitHub's list of supported secrets
/// (docs.github.com/code-security/secret-scanning) and on the providers' key pages, as of 2026.
struct SecretShape: Sendable {
    let prefix: [UInt8]
    let alphabet: ByteSet
    /// The fewest characters after the prefix.
    let minimumCount: Int
    /// Whether there must be exactly so many, with no further key or base64 character behind: keeps short shapes from
    /// being found in encoded images.
    let isExact: Bool
    /// Whether the character before must not be part of a word.
    ///
    /// Only the longest prefixes do without.
    let needsBoundary: Bool

    /// What a finding is called, such as `Groq key`.
    let kind: String

    init(_ kind: String, _ prefix: String, _ alphabet: ByteSet, atLeast count: Int, anywhere: Bool = false) {
        self.kind = kind
        self.prefix = Array(prefix.utf8)
        self.alphabet = alphabet
        minimumCount = count
        isExact = false
        needsBoundary = !anywhere
    }

    init(_ kind: String, _ prefix: String, _ alphabet: ByteSet, exactly count: Int) {
        self.kind = kind
        self.prefix = Array(prefix.utf8)
        self.alphabet = alphabet
        minimumCount = count
        isExact = true
        needsBoundary = true
    }
}

extension SecretShape {
    /// No key is longer; bounds the work where prefixes follow each other without end.
    private static let maximumCount = 1024

    /// The end of a key of this shape whose prefix starts at `start`, or nil.
    func end(in bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Int? {
        guard bytes.holds(prefix, at: start) else { return nil }
        let tail = start + prefix.count
        let limit = min(bytes.count, tail + Self.maximumCount + 1)
        var end = tail
        while end < limit, alphabet.contains(bytes[end]) {
            end += 1
        }
        guard end - tail <= Self.maximumCount else { return nil }
        if isExact {
            guard end - tail == minimumCount else { return nil }
            let isInsideLongerText = end < bytes.count && ByteSet.token68.contains(bytes[end])
            // A full stop or a query's `=` may follow a key; `+`, `/` and `-` only inside encoded data.
            return isInsideLongerText && bytes[end] != UInt8(ascii: ".") ? nil : end
        }
        guard end - tail >= minimumCount else { return nil }
        return ByteMixture(bytes, tail..<end).hasLettersAndDigits || isNoWord(bytes, tail..<end) ? end : nil
    }

    /// Whether it is no part of an ordinary text even without a mixture of letters and digits, as keys that somebody made
    /// up for a test are: so long without a break, or behind a prefix that nothing else has.
    private func isNoWord(_ bytes: UnsafeBufferPointer<UInt8>, _ tail: Range<Int>) -> Bool {
        (!needsBoundary || tail.count >= 30) && tail.allSatisfy { ByteSet.alphanumeric.contains(bytes[$0]) }
    }
}

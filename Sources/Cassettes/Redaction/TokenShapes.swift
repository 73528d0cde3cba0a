/// `Bearer` and a token (RFC 6750 §2.1), in whatever letter case and wherever it stands.
///
/// The token is the secret.
enum BearerToken {
    private static let scheme = Array("bearer ".utf8)
    private static let minimumCount = 16

    static func range(in bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Range<Int>? {
        guard start + scheme.count < bytes.count else { return nil }
        for offset in scheme.indices where bytes[start + offset] | 0x20 != scheme[offset] {
            return nil
        }
        let tokenStart = start + scheme.count
        var end = tokenStart
        while end < bytes.count, ByteSet.token68.contains(bytes[end]) {
            end += 1
        }
        // The full stop that ends a sentence is not part of the token.
        while end > tokenStart, bytes[end - 1] == UInt8(ascii: ".") {
            end -= 1
        }
        let range = tokenStart..<end
        guard range.count >= minimumCount else { return nil }
        return Placeholder.matches(bytes, range) || ByteMixture(bytes, range).hasLettersAndDigits ? range : nil
    }
}

/// Three base64url parts of which the first two are JSON objects (RFC 7519 §3.1).
enum JSONWebToken {
    private static let part = Array("eyJ".utf8)
    private static let minimumCount = 10

    static func end(in bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Int? {
        guard bytes.holds(part, at: start),
            let header = partEnd(in: bytes, from: start), bytes.holds([UInt8(ascii: ".")] + part, at: header),
            let payload = partEnd(in: bytes, from: header + 1), bytes.holds([UInt8(ascii: ".")], at: payload)
        else { return nil }
        return partEnd(in: bytes, from: payload + 1)
    }

    private static func partEnd(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        var end = start
        while end < bytes.count, ByteSet.base64URL.contains(bytes[end]) {
            end += 1
        }
        return end - start >= minimumCount ? end : nil
    }
}

/// What stands between the lines of a private key in PEM (RFC 7468 §10), also inside a JSON string.
enum PrivateKeyBlock {
    private static let begin = Array("-----BEGIN ".utf8)
    private static let label = Array("PRIVATE KEY-----".utf8)
    private static let end = Array("-----END ".utf8)
    /// `ENCRYPTED`, `RSA`, `OPENSSH` and the like stand before the label.
    private static let labelReach = 24
    private static let contents = ByteSet(ByteSet.digits + ByteSet.upper + ByteSet.lower + "+/= \r\n\t:,-")
    private static let escapes = ByteSet("nrtu/\\")
    private static let minimumCount = 40
    /// Keys of 16,384 bits take 13 KB.
    private static let maximumCount = 16_384

    static func range(in bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Range<Int>? {
        guard bytes.holds(begin, at: start) else { return nil }
        let labelStart = start + begin.count
        let reach = UnsafeBufferPointer(rebasing: bytes[..<min(bytes.count, labelStart + labelReach + label.count)])
        guard let found = reach.firstRange(of: label, from: labelStart) else { return nil }
        var index = found.upperBound
        let limit = min(bytes.count, index + maximumCount)
        scan: while index < limit, !bytes.holds(end, at: index) {
            // The key is gone already; what is around its placeholder was not part of it.
            if Placeholder.starts(in: bytes, at: index) { return nil }
            if contents.contains(bytes[index]) {
                index += 1
            } else if bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count, escapes.contains(bytes[index + 1]) {
                index += 2
            } else {
                break scan
            }
        }
        // A backslash at the end may belong to a quote behind it.
        while index > found.upperBound, bytes[index - 1] == UInt8(ascii: "\\") {
            index -= 1
        }
        return index - found.upperBound >= minimumCount ? found.upperBound..<index : nil
    }
}

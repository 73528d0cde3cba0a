/// Finds secrets in bytes: keys of known shapes, credentials in URLs and headers, JWTs, private keys, and values of
/// telling names.
///
/// One pass. A bitmap of byte pairs that can start a finding rules out nearly every position with one look.
struct SecretScanner: Sendable {
    /// One bit for each pair of bytes, 8 KiB.
    private let starts: [UInt64]
    private let shapes: [UInt8: [SecretShape]]

    init(shapes known: [SecretShape] = SecretShape.known) {
        var starts = [UInt64](repeating: 0, count: 1024)
        func mark(_ first: UInt8, _ second: UInt8) {
            let pair = Self.pair(first, second)
            starts[pair >> 6] |= 1 << UInt64(pair & 63)
        }
        for shape in known {
            mark(shape.prefix[0], shape.prefix[1])
        }
        let others = [
            "ey", "--", "be", "Be", "BE", "ba", "Ba", "BA", "\":", "\" ", "\"\t", "\"\n", "\"\r", ":/", ":A", "ho",
            "di", ".G", ".X", ".Y", ".Z",
        ]
        for pair in others.map({ Array($0.utf8) }) {
            mark(pair[0], pair[1])
        }
        for last in SecretName.lastLetters {
            for separator in "=: ".utf8 { mark(last, separator) }
        }
        self.starts = starts
        shapes = Dictionary(grouping: known) { $0.prefix[0] }
    }

    @inline(__always)
    private static func pair(_ first: UInt8, _ second: UInt8) -> Int {
        Int(first) | Int(second) << 8
    }

    /// Secrets, in order, without overlap.
    ///
    /// Placeholders are none.
    func secrets(in bytes: UnsafeBufferPointer<UInt8>) -> [SecretMatch] {
        var found: [SecretMatch] = []
        starts.withUnsafeBufferPointer { starts in
            var index = 0
            while index + 1 < bytes.count {
                let pair = Self.pair(bytes[index], bytes[index + 1])
                if starts[pair >> 6] >> UInt64(pair & 63) & 1 == 1, let match = secret(in: bytes, at: index) {
                    if !Placeholder.matches(bytes, match.range) { found.append(match) }
                    index = match.range.upperBound
                } else {
                    index += 1
                }
            }
        }
        return found
    }

    private func secret(in bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> SecretMatch? {
        if let (range, kind) = structured(in: bytes, at: start) { return SecretMatch(range: range, kind: kind) }
        let isBoundary = Self.isBoundary(bytes, start)
        if isBoundary, let end = JSONWebToken.end(in: bytes, at: start) {
            return SecretMatch(range: start..<end, kind: "JSON web token")
        }
        for shape in shapes[bytes[start]] ?? [] where isBoundary || !shape.needsBoundary {
            if let end = shape.end(in: bytes, at: start) {
                return SecretMatch(range: start..<end, kind: shape.kind)
            }
        }
        return nil
    }

    /// What is more than a prefix and a run of characters.
    private func structured(in bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> (Range<Int>, String)? {
        switch bytes[start] {
        case UInt8(ascii: "\""):
            return NamedSecret.range(in: bytes, afterName: start).map { ($0, "value of a telling name") }
        case UInt8(ascii: "-"):
            return PrivateKeyBlock.range(in: bytes, at: start).map { ($0, "private key") }
        case UInt8(ascii: "b"), UInt8(ascii: "B"):
            return BearerToken.range(in: bytes, at: start).map { ($0, "bearer token") }
                ?? BasicCredentials.range(in: bytes, at: start).map { ($0, "basic credentials") }
        case UInt8(ascii: ":"):
            return URLPassword.range(in: bytes, atColon: start).map { ($0, "password in a URL") }
                ?? TelegramToken.range(in: bytes, atColon: start).map { ($0, "Telegram token") }
        case UInt8(ascii: "."):
            return DiscordToken.range(in: bytes, atDot: start).map { ($0, "Discord token") }
        default:
            if "=: ".utf8.contains(bytes[start + 1]) {
                return AssignedSecret.range(in: bytes, nameEndingAt: start).map { ($0, "value of a telling name") }
            }
            return WebhookAddress.range(in: bytes, at: start).map { ($0, "webhook address") }
        }
    }

    /// Whether a word can start here.
    ///
    /// An escape before counts as what it stands for: `\n`, `\u000a`, `%20`.
    private static func isBoundary(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Bool {
        guard start > 0 else { return true }
        let previous = bytes[start - 1]
        // A hyphen joins words, and is a letter of base64url.
        if !ByteSet.base64URL.contains(previous) { return true }
        if start >= 2, bytes[start - 2] == UInt8(ascii: "\\"), "nrtbf".utf8.contains(previous) { return true }
        if start >= 3, bytes[start - 3] == UInt8(ascii: "%") { return true }
        return start >= 6 && bytes[start - 6] == UInt8(ascii: "\\") && bytes[start - 5] == UInt8(ascii: "u")
    }
}

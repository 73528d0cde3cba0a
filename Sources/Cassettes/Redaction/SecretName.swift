/// Which names of JSON members, query items and header fields say that the value is a secret.
enum SecretName {
    /// How much a name says about its value.
    enum Verdict {
        /// The value is a secret whatever it looks like, if it is six bytes or longer.
        case secret
        /// The value is a secret if it looks like one: `token` is also a word of `logprobs`.
        case maybe
    }

    private static let secrets = ["authorization", "proxyauthorization", "passwd", "passphrase", "codeverifier", "pwd"]
        .map { Array($0.utf8) }
    private static let secretEndings = [
        "secret", "apikey", "apitoken", "secretkey", "secretaccesskey", "privatekey", "password", "accesstoken",
        "refreshtoken", "authtoken", "bearertoken", "sessiontoken", "idtoken", "bottoken", "accountkey",
        "sharedaccesskey", "subscriptionkey", "functionskey", "signingkey", "encryptionkey", "masterkey",
    ].map { Array($0.utf8) }
    private static let maybes = ["token", "credential"].map { Array($0.utf8) }
    /// What every name of interest ends in.
    static let lastLetters = Array("yYdDnNtTeErRlL".utf8)
    private static let fieldParts = ["cookie", "secret", "api-key", "credential"].map { Array($0.utf8) }
    private static let fieldEnding = Array("-token".utf8)
    private static let harmlessFields = Array("access-control-".utf8)

    /// Judges a name without regard to case, `_`, `-` and `.`: `apiKey`, `API_KEY` and `x-api-key` are one.
    ///
    /// Names of counters and limits, such as `max_tokens`, are ordinary ones.
    static func verdict(on name: some BidirectionalCollection<UInt8>) -> Verdict? {
        // No name of interest ends otherwise; spares most names the rest.
        guard let last = name.last, lastLetters.contains(last) else { return nil }
        var plain: [UInt8] = []
        plain.reserveCapacity(name.count)
        for byte in name {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): plain.append(byte | 0x20)
            case UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."): continue
            default: plain.append(byte)
            }
        }
        if secrets.contains(plain) || secretEndings.contains(where: { plain.ends(with: $0) }) { return .secret }
        return maybes.contains(plain) ? .maybe : nil
    }

    /// Whether a header field of this name, in lower case, carries a credential or a cookie.
    static func isCredentialField(_ name: String) -> Bool {
        var name = name
        return name.withUTF8 { bytes in
            if bytes.holds(harmlessFields, at: 0) { return false }
            return verdict(on: bytes) != nil || bytes.holds(fieldEnding, at: bytes.count - fieldEnding.count)
                || fieldParts.contains { bytes.firstRange(of: $0) != nil }
        }
    }
}

extension [UInt8] {
    fileprivate func ends(with ending: [UInt8]) -> Bool {
        count >= ending.count && withUnsafeBufferPointer { $0.holds(ending, at: count - ending.count) }
    }
}

internal import Crypto
internal import OpenRouterAPI

/// What ties an authorization code to the app that asked for it: whoever exchanges the code shows the verifier that
/// the challenge was made from (RFC 7636).
struct CodeChallenge: Sendable, Codable {
    enum Method: String, Sendable, CaseIterable, Codable {
        /// The challenge is BASE64URL of the verifier's SHA-256.
        case s256 = "S256"
        /// The challenge is the verifier.
        case plain
    }

    /// In Unicode scalars (OpenRouter's guide of 2024: "up to 256").
    static let longest = 256

    /// Nil where any verifier will do, and none.
    let text: String?
    /// As it was sent.
    let method: Method?

    init(_ text: String?, method: Method?) {
        self.text = text.flatMap { $0.isEmpty ? nil : $0 }
        self.method = method
    }

    /// Whether an exchange names the method that the code was asked for with.
    ///
    /// Where there is a challenge, no method means `plain` (RFC 7636 §4.3).
    func isMade(with sent: Method?) -> Bool {
        let unnamed: Method? = text == nil ? nil : .plain
        return sent ?? unnamed == method ?? unnamed
    }

    /// Whether a verifier is the one that the challenge was made from.
    func accepts(verifier: String?) -> Bool {
        guard let text else { return true }
        guard let verifier else { return false }
        switch method {
        case .s256: return Self.withoutPadding(text) == Self.digest(of: verifier)
        case .plain, nil: return text == verifier
        }
    }

    private static func digest(of verifier: String) -> String {
        let encoded = Base64.encoded(Array(SHA256.hash(data: Array(verifier.utf8))))
        return withoutPadding(String(encoded.map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 }))
    }

    /// RFC 7636 has no padding; encoders that add it are common.
    private static func withoutPadding(_ text: String) -> String {
        var text = text[...]
        while text.last == "=" { text.removeLast() }
        return String(text)
    }
}

internal import Crypto
package import OpenRouterAPI

/// Who a key belongs to, and what it has spent.
package struct Account: Sendable, Hashable {
    /// `user_` and 27 alphanumerics, made from the key.
    package let userID: String

    /// `sk-or-v1-abc...xyz`: what may be shown of the key.
    package let label: String

    /// A UUID, made from the key.
    package let workspaceID: String

    /// Credits ever bought.
    package var credits: USD

    package var ledger = Ledger()

    /// Plenty: no test of ours spends it, and a budget guard's arithmetic stays visible.
    package static let openCredits = USD.dollars(10_000)

    init(key: String, credits: USD) {
        var generator = SeededGenerator(seed: SHA256.hash(data: Array("account \(key)".utf8)))
        userID = "user_" + generator.alphanumeric(27)
        workspaceID = generator.uuid()
        label = Self.label(of: key)
        self.credits = credits
    }

    /// Reference: GET /key, `label`.
    private static func label(of key: String) -> String {
        let prefix = "sk-or-v1-"
        let secret = key.hasPrefix(prefix) ? key.dropFirst(prefix.count) : key[...]
        guard secret.count > 8 else { return prefix + "..." }
        return prefix + secret.prefix(3) + "..." + secret.suffix(3)
    }
}

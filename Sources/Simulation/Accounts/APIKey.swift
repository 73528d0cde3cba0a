internal import Crypto
package import OpenRouterAPI

/// A key of an account: what it may do, what it may spend, what it has spent.
///
/// The key itself is shown once, when it is created, and not kept; its hash stands for it everywhere.
package struct APIKey: Sendable, Codable {
    /// What a key may do (reference: platform §6.1).
    package enum Kind: String, Sendable, Codable {
        /// Everything: any text is such a key under `--auth open`.
        case open
        /// Inference, and reading about itself.
        case inference
        /// Management, and no inference.
        case management
    }

    /// SHA-256 of the whole key, 64 lower-case hexadecimal digits.
    package let hash: String

    /// `sk-or-v1-abc...xyz`: what may be shown of the key.
    package let label: String

    package let kind: Kind
    package let accountID: String
    package let workspaceID: String
    package var name: String
    package var isDisabled = false
    /// What it may spend until the next reset; nil for any amount.
    package var limit: USD?
    /// When the limit starts anew; nil for never.
    package var limitReset: ResetInterval?
    /// Whether what providers charge for the account's own keys counts against the limit.
    package var includesBYOKInLimit = false
    /// Microseconds since 1970; nil for never.
    package var expiresAt: Int64?
    package var creatorUserID: String?
    /// Whether a user has made it by signing in to an app (reference: platform §4).
    package var isMadeByOAuth = false
    package let createdAt: Int64
    package var updatedAt: Int64?
    /// When an answer was booked on it last; nil for never.
    package var lastUsedAt: Int64?
    package var ledger = Ledger()
    /// Requests to the public data endpoints in the current minute.
    var dataRequests = RequestWindow.minute

    init(token: String, kind: Kind, accountID: String, workspaceID: String, name: String, createdAt: Int64) {
        hash = Self.hash(of: token)
        label = Self.label(of: token)
        self.kind = kind
        self.accountID = accountID
        self.workspaceID = workspaceID
        self.name = name
        self.createdAt = createdAt
    }
}

// MARK: - Tokens

extension APIKey {
    static let prefix = "sk-or-v1-"

    /// SHA-256 as 64 lower-case hexadecimal digits (reference: platform §3.8).
    package static func hash(of token: String) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(unsafeUninitializedCapacity: 64) { buffer in
            var index = 0
            for byte in SHA256.hash(data: Array(token.utf8)) {
                buffer[index] = digits[Int(byte >> 4)]
                buffer[index + 1] = digits[Int(byte & 15)]
                index += 2
            }
            return index
        }
    }

    /// Reference: GET /key, `label`.
    private static func label(of token: String) -> String {
        let secret = token.hasPrefix(prefix) ? token.dropFirst(prefix.count) : token[...]
        guard secret.count > 8 else { return prefix + "..." }
        return prefix + secret.prefix(3) + "..." + secret.suffix(3)
    }
}

// MARK: - Limits

extension APIKey {
    /// What counts against the limit, in its current window.
    package func spentInLimit(at time: CivilTime) -> USD {
        ledger.spent(in: limitReset, at: time, includingBYOK: includesBYOKInLimit)
    }

    /// Nil without a limit; never below zero.
    package func limitRemaining(at time: CivilTime) -> USD? {
        limit.map { max(.zero, $0 - spentInLimit(at: time)) }
    }
}

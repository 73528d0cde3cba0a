internal import OpenRouterAPI

/// The key that an app wants from a user.
struct RequestedKey: Sendable, Codable {
    /// Its label, or what the app is called.
    let name: String
    let limit: USD?
    let limitReset: ResetInterval?
    /// Of the key, in microseconds since 1970.
    let expiresAt: Int64?

    /// In Unicode scalars (schema of `POST /auth/keys/code`).
    static let longestLabel = 100
    static let limits = 0...1e12

    init(label: String?, appName: String, limit: USD?, limitReset: ResetInterval?, expiresAt: Int64?) {
        name = label.flatMap { $0.isEmpty ? nil : $0 } ?? appName
        self.limit = limit
        self.limitReset = limitReset
        self.expiresAt = expiresAt
    }
}

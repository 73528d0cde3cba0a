/// Prefixes of prompts that providers have seen lately (reference: prompt caching guide, inference §7).
struct PromptCache: Sendable {
    /// Microseconds a prefix is kept after its last use: 5 minutes, or an hour where the request says so.
    private static let lifetime: Int64 = 300_000_000
    private static let longLifetime: Int64 = 3_600_000_000
    private static let limit = 10_000

    private struct Key: Hashable {
        var prefixDigest: [UInt8]
        var endpoint: String
    }

    private var expirations: [Key: Int64] = [:]

    /// The longest prefix known is read; all are known from now on.
    ///
    /// - Parameters:
    ///   - prefixes: of one prompt, from short to long.
    ///   - endpoint: whose cache it is.
    ///   - now: microseconds since 1970.
    /// - Returns: the prefix read; nil when none is known.
    mutating func use(
        _ prefixes: [PromptTokens.Breakpoint],
        at endpoint: String,
        now: Int64
    ) -> PromptTokens.Breakpoint? {
        let known = prefixes.last { prefix in
            (expirations[Key(prefixDigest: prefix.prefixDigest, endpoint: endpoint)] ?? 0) > now
        }
        if expirations.count >= Self.limit { expirations.removeAll() }
        for prefix in prefixes {
            let lifetime = prefix.isForHour ? Self.longLifetime : Self.lifetime
            expirations[Key(prefixDigest: prefix.prefixDigest, endpoint: endpoint)] = now + lifetime
        }
        return known
    }
}

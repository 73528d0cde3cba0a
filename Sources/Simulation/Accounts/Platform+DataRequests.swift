internal import OpenRouterAPI

/// The limits of the public data endpoints (reference: platform §3.9, §5.10).
extension Platform {
    /// Requests of one key in a minute, whatever endpoint they are for.
    static let dataRequestsPerMinute = 30
    /// Requests of all keys of an account in a day of UTC.
    static let dataRequestsPerDay = 500

    /// Counts a request for public data, if there is room for it.
    ///
    /// - Throws: ``APIError`` 429 with `Retry-After`.
    mutating func countDataRequest(keyHash: String, accountID: String, at now: Int64) throws(APIError) {
        guard let key = keys[keyHash], let account = accounts[accountID] else { return }
        if account.dataRequests.used(at: now) >= Self.dataRequestsPerDay {
            throw .dataRateLimit(retryAfter: account.dataRequests.retryAfter(at: now))
        }
        if key.dataRequests.used(at: now) >= Self.dataRequestsPerMinute {
            throw .dataRateLimit(retryAfter: key.dataRequests.retryAfter(at: now))
        }
        updateAccount(accountID) { $0.dataRequests.add(at: now) }
        updateKey(keyHash) { $0.dataRequests.add(at: now) }
    }
}

extension Call {
    /// Counts a request for public data.
    ///
    /// - Throws: ``APIError`` 429 when the key or the account has had its share.
    func countDataRequest() throws(APIError) {
        let (keyHash, accountID) = (caller.key.hash, caller.account.id)
        try world.withPlatform { platform, now throws(APIError) in
            try platform.countDataRequest(keyHash: keyHash, accountID: accountID, at: now)
        }
    }
}

extension APIError {
    /// Without `X-RateLimit-*`, which only the limits of free models have (reference: platform §3.10).
    fileprivate static func dataRateLimit(retryAfter: Int) -> APIError {
        APIError(
            status: 429,
            message: "Rate limit exceeded",
            metadata: ["error_type": "rate_limit_exceeded"],
            fields: [Field("Retry-After", "\(retryAfter)")]
        )
    }
}

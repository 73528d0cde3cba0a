package import OpenRouterAPI

/// An account's requests to free models in the current minute and day (reference: platform §3.9).
package struct FreeRequestWindows: Sendable, Codable {
    /// Requests in a minute.
    package static let minuteLimit = 20

    /// Requests in a day of UTC: many only for those who have bought ten credits.
    package static func dayLimit(credits: USD) -> Int {
        hasHighBalance(credits) ? 1000 : 50
    }

    private static func hasHighBalance(_ credits: USD) -> Bool { credits >= .dollars(10) }

    private var minute = RequestWindow.minute
    private var day = RequestWindow.day

    package init() {}

    /// Requests of the day, at a time in microseconds since 1970.
    package func usedToday(at now: Int64) -> Int { day.used(at: now) }

    /// Counts a request, if there is room for it.
    ///
    /// - Throws: ``APIError`` 429 with `X-RateLimit-*` and `Retry-After`.
    mutating func count(at now: Int64, credits: USD) throws(APIError) {
        let dayLimit = Self.dayLimit(credits: credits)
        if day.used(at: now) >= dayLimit {
            let bucket =
                Self.hasHighBalance(credits)
                ? "free-models-per-day-high-balance. "
                : "free-models-per-day. Add 10 credits to unlock 1000 free model requests per day"
            throw .platformRateLimit(
                bucket: bucket,
                limit: dayLimit,
                window: day,
                now: now,
                source: "openrouter_free_tier_daily"
            )
        }
        if minute.used(at: now) >= Self.minuteLimit {
            throw .platformRateLimit(
                bucket: "free-models-per-min. ",
                limit: Self.minuteLimit,
                window: minute,
                now: now,
                source: "openrouter_free_tier_per_minute"
            )
        }
        day.add(at: now)
        minute.add(at: now)
    }
}

extension APIError {
    fileprivate static func platformRateLimit(
        bucket: String,
        limit: Int,
        window: RequestWindow,
        now: Int64,
        source: String
    ) -> APIError {
        var error = platformRateLimit(bucket: bucket, limit: limit, reset: window.end(at: now) / 1000, source: source)
        error.fields.append(APIError.Field("Retry-After", "\(window.retryAfter(at: now))"))
        return error
    }
}

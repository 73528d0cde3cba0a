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

    /// Requests in one window; windows are numbered from 1970 on.
    private struct Window: Sendable, Codable {
        var number: Int64 = -1
        var count = 0

        func count(in number: Int64) -> Int { number == self.number ? count : 0 }

        mutating func add(in number: Int64) {
            count = count(in: number) + 1
            self.number = number
        }
    }

    private static let minute: Int64 = 60_000_000
    private static let day: Int64 = 86_400_000_000

    private var minute = Window()
    private var day = Window()

    /// Requests of the day, at a time in microseconds since 1970.
    package func usedToday(at now: Int64) -> Int { day.count(in: now / Self.day) }

    /// Counts a request, if there is room for it.
    ///
    /// - Throws: ``APIError`` 429 with `X-RateLimit-*` and `Retry-After`.
    mutating func count(at now: Int64, credits: USD) throws(APIError) {
        let dayLimit = Self.dayLimit(credits: credits)
        if day.count(in: now / Self.day) >= dayLimit {
            let bucket =
                Self.hasHighBalance(credits)
                ? "free-models-per-day-high-balance. "
                : "free-models-per-day. Add 10 credits to unlock 1000 free model requests per day"
            throw .platformRateLimit(
                bucket: bucket,
                limit: dayLimit,
                window: Self.day,
                now: now,
                source: "openrouter_free_tier_daily"
            )
        }
        if minute.count(in: now / Self.minute) >= Self.minuteLimit {
            throw .platformRateLimit(
                bucket: "free-models-per-min. ",
                limit: Self.minuteLimit,
                window: Self.minute,
                now: now,
                source: "openrouter_free_tier_per_minute"
            )
        }
        day.add(in: now / Self.day)
        minute.add(in: now / Self.minute)
    }
}

extension APIError {
    /// The error at the end of a window of so many microseconds.
    fileprivate static func platformRateLimit(
        bucket: String,
        limit: Int,
        window: Int64,
        now: Int64,
        source: String
    ) -> APIError {
        let reset = (now / window + 1) * window
        var error = platformRateLimit(bucket: bucket, limit: limit, reset: reset / 1000, source: source)
        let seconds = (reset - now + 999_999) / 1_000_000
        error.fields.append(APIError.Field("Retry-After", "\(seconds)"))
        return error
    }
}

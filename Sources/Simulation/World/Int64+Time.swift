internal import OpenRouterAPI

/// Times of management objects, in microseconds since 1970.
extension Int64 {
    /// `2026-08-30T09:15:00.123456+00:00`.
    var json: JSON { .string(CivilTime(microseconds: self).iso8601) }
}

extension Int64? {
    /// Null for never.
    var json: JSON { self?.json ?? .null }
}

extension CivilTime {
    /// `2026-08-30T09:20:00.000Z`, as JavaScript's `Date.toISOString` writes it.
    package var iso8601Milliseconds: String {
        iso8601.dropLast("000+00:00".count) + "Z"
    }
}

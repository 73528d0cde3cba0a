/// When a limit or a budget starts anew: at 00:00 UTC of each day, Monday, or first of the month (reference: POST
/// /keys).
package enum ResetInterval: String, Sendable, Hashable, CaseIterable, Codable {
    case daily, weekly, monthly
}

extension ResetInterval {
    /// The first day of the window in which a moment lies, counted from 1970-01-01.
    func firstDay(at time: CivilTime) -> Int {
        switch self {
        case .daily: time.dayNumber
        case .weekly: time.dayNumber - time.weekday
        case .monthly: time.dayNumber - time.day + 1
        }
    }

    /// When the window ends in which a moment lies, in microseconds since 1970.
    func end(at time: CivilTime) -> Int64 {
        let day: Int64 = 86_400_000_000
        let first = Int64(firstDay(at: time))
        switch self {
        case .daily: return (first + 1) * day
        case .weekly: return (first + 7) * day
        case .monthly:
            // 31 days after the first of a month it is the next month, the 4th at most.
            let next = first + 31
            return (next - Int64(CivilTime(microseconds: next * day).day) + 1) * day
        }
    }
}

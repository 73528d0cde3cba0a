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
}

/// How long the stretches of a time series are (schema of `GET /analytics/meta`).
enum AnalyticsGranularity: String, CaseIterable {
    case minute, hour, day, week, month
}

extension AnalyticsGranularity {
    var label: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }

    /// The column of a row's time; both forms are documented, and which one comes when is a guess: series of whole days
    /// are kept by date, finer ones by when a generation was created (reference: platform §3.5).
    var column: String { (isFinerThanDay ? "created_at__" : "date__") + rawValue }

    var isFinerThanDay: Bool { self == .minute || self == .hour }

    /// The beginning of the stretch in which a time lies, both in microseconds since 1970; weeks begin on Monday.
    func start(of time: Int64) -> Int64 {
        switch self {
        case .minute: return time - time % UsageLog.minute
        case .hour: return time - time % (60 * UsageLog.minute)
        case .day: return Int64(CivilTime(microseconds: time).dayNumber) * UsageLog.day
        case .week:
            let date = CivilTime(microseconds: time)
            return Int64(date.dayNumber - date.weekday) * UsageLog.day
        case .month:
            let date = CivilTime(microseconds: time)
            return Int64(date.dayNumber - date.day + 1) * UsageLog.day
        }
    }
}

/// A point in time as text.
enum Timestamp {
    /// RFC 3339 in UTC with milliseconds: `2026-11-21T04:32:08.125Z`.
    ///
    /// Counted in microseconds since 1970-01-01T00:00:00Z; what is below a millisecond is dropped.
    static func text(microseconds: Int64) -> String {
        let (seconds, rest) = secondsText(microseconds)
        return "\(seconds).\(pad(rest / 1_000, 3))Z"
    }

    /// The same with microseconds, which ``microseconds(_:)`` reads back.
    static func exactText(microseconds: Int64) -> String {
        let (seconds, rest) = secondsText(microseconds)
        return "\(seconds).\(pad(rest, 6))Z"
    }

    private static func secondsText(_ microseconds: Int64) -> (String, rest: Int64) {
        let seconds = floorDivide(microseconds, 1_000_000)
        let days = floorDivide(seconds, 86_400)
        let rest = seconds - days * 86_400
        let date = civilDate(days: days)
        let time = [rest / 3_600, rest / 60 % 60, rest % 60].map { pad($0, 2) }.joined(separator: ":")
        let text = "\(pad(date.year, 4))-\(pad(date.month, 2))-\(pad(date.day, 2))T\(time)"
        return (text, microseconds - seconds * 1_000_000)
    }

    /// The Gregorian date, after Howard Hinnant's `civil_from_days` (howardhinnant.github.io/date_algorithms.html).
    private static func civilDate(days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = days + 719_468
        let era = floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }

    private static func floorDivide(_ number: Int64, _ divisor: Int64) -> Int64 {
        number >= 0 ? number / divisor : -((-(number + 1)) / divisor) - 1
    }

    private static func pad(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

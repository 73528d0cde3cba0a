extension Timestamp {
    /// Reads RFC 3339, also with an offset from UTC, without a time, with more years or fewer digits.
    ///
    /// Digits below a microsecond are dropped.
    ///
    /// - Returns: Microseconds since 1970-01-01T00:00:00Z; nil for another text and for a day that no calendar has.
    static func microseconds(_ text: String) -> Int64? {
        var rest = Substring(text)
        let isNegative = rest.first == "-"
        if isNegative { rest.removeFirst() }
        guard let year = number(&rest, 4...6), take("-", &rest), let month = number(&rest, 2...2), take("-", &rest),
            let day = number(&rest, 2...2), let days = days(isNegative ? -year : year, month, day)
        else { return nil }
        if rest.isEmpty { return days * 86_400_000_000 }
        guard take("T", &rest) || take("t", &rest) || take(" ", &rest), let hour = number(&rest, 2...2), hour < 24,
            take(":", &rest), let minute = number(&rest, 2...2), minute < 60,
            take(":", &rest), let second = number(&rest, 2...2), second <= 60
        else { return nil }
        var microseconds: Int64 = 0
        if take(".", &rest) {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            let kept = digits.prefix(6)
            guard !kept.isEmpty, let value = Int64(kept) else { return nil }
            rest = rest.dropFirst(digits.count)
            microseconds = (0..<(6 - kept.count)).reduce(value) { value, _ in value * 10 }
        }
        guard let offset = offset(rest) else { return nil }
        return ((days * 24 + hour) * 60 + minute - offset) * 60_000_000 + second * 1_000_000 + microseconds
    }

    /// Minutes ahead of UTC.
    private static func offset(_ text: Substring) -> Int64? {
        var rest = text
        if take("Z", &rest) || take("z", &rest) { return rest.isEmpty ? 0 : nil }
        let isBehind = rest.first == "-"
        guard take("-", &rest) || take("+", &rest), let hours = number(&rest, 2...2) else { return nil }
        _ = take(":", &rest)
        guard let minutes = number(&rest, 2...2), rest.isEmpty else { return nil }
        return (hours * 60 + minutes) * (isBehind ? -1 : 1)
    }

    private static func number(_ rest: inout Substring, _ width: ClosedRange<Int>) -> Int64? {
        let digits = rest.prefix { $0.isASCII && $0.isNumber }.prefix(width.upperBound)
        guard digits.count >= width.lowerBound else { return nil }
        rest = rest.dropFirst(digits.count)
        return Int64(digits)
    }

    private static func take(_ character: Character, _ rest: inout Substring) -> Bool {
        guard rest.first == character else { return false }
        rest.removeFirst()
        return true
    }

    /// Days since 1970-01-01, after Howard Hinnant's `days_from_civil`
    /// (howardhinnant.github.io/date_algorithms.html).
    private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64? {
        guard (1...12).contains(month), day >= 1 else { return nil }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths: [Int64] = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard day <= lengths[Int(month) - 1] else { return nil }
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}

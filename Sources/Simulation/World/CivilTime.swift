/// A moment as a date of the Gregorian calendar, UTC.
package struct CivilTime: Sendable, Hashable {
    package let year: Int
    package let month: Int
    package let day: Int
    package let hour: Int
    package let minute: Int
    package let second: Int
    package let microsecond: Int
    /// 0 is Monday.
    package let weekday: Int

    /// Days since 1970-01-01.
    package let dayNumber: Int

    /// - Parameter microseconds: since 1970-01-01T00:00:00Z.
    package init(microseconds: Int64) {
        let (days, rest) = Self.floorDivide(microseconds, by: 86_400_000_000)
        dayNumber = Int(days)
        hour = Int(rest / 3_600_000_000)
        minute = Int(rest / 60_000_000 % 60)
        second = Int(rest / 1_000_000 % 60)
        microsecond = Int(rest % 1_000_000)
        weekday = Int(Self.floorDivide(days + 3, by: 7).remainder)
        // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": civil_from_days.
        let shifted = days + 719_468
        let (era, dayOfEra) = Self.floorDivide(shifted, by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthIndex = (5 * dayOfYear + 2) / 153
        day = Int(dayOfYear - (153 * monthIndex + 2) / 5 + 1)
        month = Int(monthIndex < 10 ? monthIndex + 3 : monthIndex - 9)
        year = Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0)
    }

    private static func floorDivide(_ value: Int64, by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}

extension CivilTime {
    /// `2026-08-30T09:15:00.123456+00:00`, as management objects and generations show it.
    package var iso8601: String {
        "\(dateText)T\(Self.pad(hour, 2)):\(Self.pad(minute, 2)):\(Self.pad(second, 2)).\(Self.pad(microsecond, 6))+00:00"
    }

    /// `2026-08-30`.
    package var dateText: String {
        "\(Self.pad(year, 4))-\(Self.pad(month, 2))-\(Self.pad(day, 2))"
    }

    /// `09:15`.
    package var timeText: String { "\(Self.pad(hour, 2)):\(Self.pad(minute, 2))" }

    /// The date of a day counted from 1970-01-01.
    package static func dateText(ofDay number: Int) -> String {
        CivilTime(microseconds: Int64(number) * 86_400_000_000).dateText
    }

    /// `Sun, 30 Aug 2026 09:15:00 GMT` (RFC 9110 §5.6.7).
    package var httpDate: String {
        // Every answer has one.
        var text: [UInt8] = []
        text.reserveCapacity(29)
        Self.append(weekday, of: "MonTueWedThuFriSatSun", to: &text)
        text += ", ".utf8
        Self.append(day, 2, to: &text)
        text.append(UInt8(ascii: " "))
        Self.append(month - 1, of: "JanFebMarAprMayJunJulAugSepOctNovDec", to: &text)
        text.append(UInt8(ascii: " "))
        Self.append(year, 4, to: &text)
        for (separator, number) in [(" ", hour), (":", minute), (":", second)] as [(Unicode.Scalar, Int)] {
            text.append(UInt8(ascii: separator))
            Self.append(number, 2, to: &text)
        }
        text += " GMT".utf8
        return String(decoding: text, as: UTF8.self)
    }

    /// Appends one of several names of three letters.
    private static func append(_ index: Int, of names: StaticString, to text: inout [UInt8]) {
        names.withUTF8Buffer { text += $0[3 * index..<3 * index + 3] }
    }

    /// Appends a number with so many digits at least.
    private static func append(_ number: Int, _ width: Int, to text: inout [UInt8]) {
        text += pad(number, width).utf8
    }

    private static func pad(_ number: Int, _ width: Int) -> String {
        var digits = String(number)
        for _ in 0..<max(0, width - digits.utf8.count) { digits = "0" + digits }
        return digits
    }
}

extension CivilTime {
    /// Reads an RFC 3339 time such as `2026-08-30T09:15:00Z` or `…00.5+02:00`; nil for anything else.
    ///
    /// - Returns: microseconds since 1970-01-01T00:00:00Z.
    package static func microseconds(rfc3339 text: String) -> Int64? {
        let characters = Array(text.utf8)
        func digits(_ range: Range<Int>) -> Int64? {
            guard range.upperBound <= characters.count else { return nil }
            return characters[range].reduce(Int64?.some(0)) { number, byte in
                guard let number, (48...57).contains(byte) else { return nil }
                return number * 10 + Int64(byte - 48)
            }
        }
        func isAt(_ index: Int, _ allowed: String) -> Bool {
            index < characters.count && allowed.utf8.contains(characters[index])
        }
        guard let year = digits(0..<4), isAt(4, "-"), let month = digits(5..<7), isAt(7, "-"),
            let day = digits(8..<10), isAt(10, "Tt "), let hour = digits(11..<13), isAt(13, ":"),
            let minute = digits(14..<16), isAt(16, ":"), let second = digits(17..<19),
            (1...12).contains(month), (1...daysInMonth(year, month)).contains(day), hour < 24, minute < 60, second < 61
        else { return nil }
        var index = 19
        var fraction: Int64 = 0
        if isAt(index, ".") {
            let start = index + 1
            index = characters[start...].firstIndex { !(48...57).contains($0) } ?? characters.count
            guard index > start, let value = digits(start..<min(index, start + 6)) else { return nil }
            fraction = value
            for _ in min(index, start + 6) - start..<6 { fraction *= 10 }
        }
        var offsetMinutes: Int64 = 0
        if isAt(index, "Zz") {
            index += 1
        } else if isAt(index, "+-"), let hours = digits(index + 1..<index + 3), isAt(index + 3, ":"),
            let minutes = digits(index + 4..<index + 6), hours < 24, minutes < 60
        {
            offsetMinutes = (hours * 60 + minutes) * (characters[index] == UInt8(ascii: "-") ? -1 : 1)
            index += 6
        } else {
            return nil
        }
        guard index == characters.count else { return nil }
        let seconds = daysFromCivil(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second
        return (seconds - offsetMinutes * 60) * 1_000_000 + fraction
    }

    private static func daysInMonth(_ year: Int64, _ month: Int64) -> Int64 {
        daysFromCivil(month == 12 ? year + 1 : year, month % 12 + 1, 1) - daysFromCivil(year, month, 1)
    }

    /// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": days_from_civil.
    private static func daysFromCivil(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let year = month <= 2 ? year - 1 : year
        let era = floorDivide(year, by: 400).quotient
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}

extension Duration {
    /// A whole or decimal number with its unit, `us`, `ms`, `s`, `m`, `h` or `d`; or several, which are added: `1h30m`.
    ///
    /// No sign, no blanks.
    package init?(text: String) {
        var seconds = 0.0
        var rest = text[...]
        repeat {
            let number = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            let unit = rest[number.endIndex...].prefix { $0.isASCII && $0.isLetter }
            guard let value = Double(number), let length = Self.seconds(inUnit: unit) else { return nil }
            seconds += value * length
            rest = rest[unit.endIndex...]
        } while !rest.isEmpty
        // A century bounds what adding gaps up can reach.
        guard seconds <= 3_153_600_000 else { return nil }
        self = .nanoseconds(Int64((seconds * 1e9).rounded()))
    }

    private static func seconds(inUnit unit: Substring) -> Double? {
        switch unit {
        case "us": 1e-6
        case "ms": 1e-3
        case "s": 1
        case "m": 60
        case "h": 3600
        case "d": 86_400
        default: nil
        }
    }

    /// The shortest such text in the largest unit that leaves a whole number.
    package var text: String {
        let microseconds = self.microseconds
        if microseconds == 0 { return "0s" }
        if microseconds % 1_000 != 0 { return "\(microseconds)us" }
        if microseconds % 1_000_000 != 0 { return "\(microseconds / 1_000)ms" }
        return "\(microseconds / 1_000_000)s"
    }

    /// Whole microseconds, rounded toward zero; the nearest that can be told for times beyond 292,000 years.
    package var microseconds: Int64 {
        counted(unitsPerSecond: 1_000_000)
    }

    /// Whole nanoseconds, rounded toward zero; the nearest that can be told for times beyond 292 years.
    package var nanoseconds: Int64 {
        counted(unitsPerSecond: 1_000_000_000)
    }

    private func counted(unitsPerSecond: Int64) -> Int64 {
        let (whole, isTooLong) = components.seconds.multipliedReportingOverflow(by: unitsPerSecond)
        let part = components.attoseconds / (1_000_000_000_000_000_000 / unitsPerSecond)
        let (sum, overflow) = whole.addingReportingOverflow(part)
        guard isTooLong || overflow else { return sum }
        return components.seconds < 0 ? .min : .max
    }
}

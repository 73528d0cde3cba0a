extension Duration {
    /// A whole or decimal number with its unit: `us`, `ms`, `s`, `m`, `h`.
    ///
    /// No sign, no blanks.
    package init?(text: String) {
        let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        guard let value = Double(number), value.isFinite else { return nil }
        let secondsPerUnit: Double
        switch text[number.endIndex...] {
        case "us": secondsPerUnit = 1e-6
        case "ms": secondsPerUnit = 1e-3
        case "s": secondsPerUnit = 1
        case "m": secondsPerUnit = 60
        case "h": secondsPerUnit = 3600
        default: return nil
        }
        // A century bounds what adding gaps up can reach.
        guard value * secondsPerUnit <= 3_153_600_000 else { return nil }
        self = .nanoseconds(Int64((value * secondsPerUnit * 1e9).rounded()))
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

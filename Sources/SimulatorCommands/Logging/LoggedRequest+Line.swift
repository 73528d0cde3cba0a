internal import Foundation
internal import OpenRouterAPI
internal import Simulation
internal import SimulatorServer
internal import Tapes

extension LoggedRequest {
    /// A line for people: what was asked, who answered, what it cost, how it ended.
    ///
    /// `12:34:56 200 POST /chat/completions openai/gpt-4o-mini synthetic 9+12 tokens $0.00001 3 ms`
    ///
    /// - Parameters:
    ///   - time: now.
    ///   - style: whether to paint it.
    ///   - zone: of the clock that people look at.
    /// - Returns: the line.
    func line(at time: Date, _ style: Style, zone: TimeZone = .current) -> String {
        var parts = [
            style.paint(time.formatted(Self.clock(zone)), .dim), statusText(style), "\(method) \(Self.short(path))",
        ]
        if let model { parts.append(style.paint(model, .bold)) }
        if let source { parts.append(style.paint(source, .cyan)) }
        if world != "main" { parts.append(style.paint("world \(world)", .dim)) }
        if let usage { parts.append("\(usage.prompt)+\(usage.completion) tokens") }
        if let cost { parts.append("$\(cost.decimalText)") }
        if let duration {
            let isSlow = firstByte.map { duration - $0 > .milliseconds(10) } ?? false
            let first = isSlow ? firstByte.map { " (first byte \($0.shortText))" } ?? "" : ""
            parts.append(duration.shortText + first)
        }
        let faults = origin?.faults ?? []
        if !faults.isEmpty { parts.append(style.paint("faults: " + faults.joined(separator: ", "), .yellow)) }
        if let ending, ending != .complete { parts.append(style.paint("ends with \(ending.rawValue)", .yellow)) }
        if let outcome, outcome != Self.usualOutcome { parts.append(style.paint(outcome, .yellow)) }
        return parts.joined(separator: " ")
    }

    private static let usualOutcome = "played"

    private func statusText(_ style: Style) -> String {
        let text = status.map(String.init) ?? "---"
        if isMiss { return style.paint("\(text) MISS", .red) }
        switch status ?? 0 {
        case 200..<400: return style.paint(text, .green)
        case 400..<500: return style.paint(text, .yellow)
        default: return style.paint(text, .red)
        }
    }

    /// Who answered; the rule where a scenario had its say.
    private var source: String? {
        switch origin?.source {
        case .cassette(let file, let interaction): "\(Self.name(file))#\(interaction)"
        case .scenario(let file, let line): "\(Self.name(file)):\(line)"
        case .synthetic: rule ?? "synthetic"
        case .upstream: "upstream"
        case .control, .server, nil: rule
        }
    }

    private static func name(_ file: String) -> String {
        file.split(separator: "/").last.map(String.init) ?? file
    }

    /// Every path of the API begins alike.
    private static func short(_ path: String) -> String {
        path.hasPrefix("/api/v1/") ? String(path.dropFirst("/api/v1".count)) : path
    }

    private static func clock(_ zone: TimeZone) -> Date.VerbatimFormatStyle {
        Date.VerbatimFormatStyle(
            format:
                "\(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits):\(second: .twoDigits)",
            timeZone: zone,
            calendar: Calendar(identifier: .gregorian)
        )
    }
}

extension Duration {
    /// `0.4 ms`, `12 ms` or `1.2 s`.
    fileprivate var shortText: String {
        let microseconds = microseconds
        if microseconds < 10_000 { return "\(microseconds / 1000).\(microseconds % 1000 / 100) ms" }
        if microseconds < 1_000_000 { return "\(microseconds / 1000) ms" }
        return "\(microseconds / 1_000_000).\(microseconds % 1_000_000 / 100_000) s"
    }
}

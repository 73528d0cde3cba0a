/// What time it is in a world.
package enum WorldClock: Sendable, Hashable {
    /// The machine's.
    case system
    /// Stands still, in microseconds since 1970-01-01T00:00:00Z.
    case fixed(Int64)
}

extension WorldClock {
    /// `system` or `fixed:` and an RFC 3339 time; nil for anything else.
    package init?(_ text: String) {
        if text == "system" {
            self = .system
        } else if text.hasPrefix("fixed:"), let moment = CivilTime.microseconds(rfc3339: String(text.dropFirst(6))) {
            self = .fixed(moment)
        } else {
            return nil
        }
    }

    /// - Parameter system: the machine's time, read only when it counts.
    /// - Returns: microseconds since 1970.
    func now(system: () -> Int64) -> Int64 {
        switch self {
        case .system: system()
        case .fixed(let moment): moment
        }
    }
}

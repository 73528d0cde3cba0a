/// What time it is in a world.
package enum WorldClock: Sendable, Hashable {
    /// The machine's.
    case system
    /// Goes as the machine's does, ahead of it by so many microseconds, or behind it.
    case shifted(by: Int64)
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
        case .shifted(let microseconds): system() &+ microseconds
        case .fixed(let moment): moment
        }
    }

    /// The same clock, moved by so many microseconds.
    func advanced(by microseconds: Int64) -> WorldClock {
        switch self {
        case .system: .shifted(by: microseconds)
        case .shifted(let earlier): .shifted(by: earlier &+ microseconds)
        case .fixed(let moment): .fixed(moment &+ microseconds)
        }
    }

    package var isFixed: Bool {
        if case .fixed = self { true } else { false }
    }
}

/// How recorded gaps are played: `instant`, `recorded`, a factor such as `2x`, or a cap such as `max:200ms`.
package enum Timing: Sendable, Hashable {
    /// No waiting at all.
    case instant
    /// Each gap as recorded.
    case recorded
    /// Faster by this factor: `2x` halves each gap, `0.5x` doubles it. From a millionth to a million.
    case faster(Double)
    /// Each gap as recorded, but none longer than this.
    case capped(Duration)
}

extension Timing {
    package func apply(to tape: Tape) -> Tape {
        self == .recorded ? tape : tape.scalingGaps(apply)
    }

    /// A gap as it is played.
    package func apply(to gap: Duration) -> Duration {
        switch self {
        case .instant: .zero
        case .recorded: gap
        case .faster(let factor): gap / factor
        case .capped(let limit): min(gap, limit)
        }
    }
}

extension Timing: LosslessStringConvertible {
    /// Beyond these, gaps could no longer be counted.
    private static let factors = 1e-6...1e6

    package init?(_ text: String) {
        switch text {
        case "instant": self = .instant
        case "recorded": self = .recorded
        default:
            if text.hasPrefix("max:"), let limit = Duration(text: String(text.dropFirst(4))) {
                self = .capped(limit)
            } else if text.hasSuffix("x"), let factor = Double(text.dropLast()), Self.factors.contains(factor) {
                self = .faster(factor)
            } else {
                return nil
            }
        }
    }

    package var description: String {
        switch self {
        case .instant: "instant"
        case .recorded: "recorded"
        case .faster(let factor): factor == factor.rounded() ? "\(Int(factor))x" : "\(factor)x"
        case .capped(let limit): "max:\(limit.text)"
        }
    }
}

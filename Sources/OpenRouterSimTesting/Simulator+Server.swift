internal import SimulatorServer

extension Simulator {
    /// What a request gets that no recording answers.
    public enum OnMiss: Sendable, Hashable {
        /// What the simulation answers.
        case synthesize
        /// An error that explains the miss.
        case fail
    }

    /// What a request gets that has been answered with all its recordings.
    public enum Exhausted: Sendable, Hashable {
        /// The last one again.
        case `repeat`
        /// A miss.
        case fail
        /// The first one again, and so on.
        case cycle
    }

    /// How pauses within answers are played.
    public enum Timing: Sendable, Hashable {
        /// Not at all.
        case instant
        /// As they are recorded, or as a scenario says.
        case recorded
        /// Faster by this factor, from a millionth to a million.
        case faster(Double)
        /// As they are recorded, but none longer than this.
        case capped(Duration)
    }
}

extension EmbeddedServer.Settings {
    /// What all worlds of a server share; where `onMiss` is nil, a server with a cassette fails.
    init(
        cassette: String?,
        onMiss: Simulator.OnMiss?,
        exhausted: Simulator.Exhausted,
        timing: Simulator.Timing
    ) {
        self.init()
        cassettes = cassette.map { [$0] } ?? []
        failsOnMiss = onMiss.map { $0 == .fail } ?? (cassette != nil)
        switch exhausted {
        case .repeat: self.exhausted = .repeat
        case .fail: self.exhausted = .fail
        case .cycle: self.exhausted = .cycle
        }
        self.timing = timing.text
    }
}

extension Simulator.Timing {
    /// As on the command line.
    fileprivate var text: String {
        switch self {
        case .instant: return "instant"
        case .recorded: return "recorded"
        case .faster(let factor): return "\(factor)x"
        case .capped(let limit):
            let (seconds, attoseconds) = limit.components
            return "max:\(Double(seconds) + Double(attoseconds) / 1e18)s"
        }
    }
}

package import Cassettes
package import Playback
package import Recording
package import Simulation
package import Tapes

/// Everything a server is started with.
package struct ServerConfiguration: Sendable {
    package enum Mode: Sendable {
        /// Recordings where there are any, else what the policy says.
        case serve(onMiss: ServeMiss)
        /// Recordings only.
        case replay
        /// Records what the upstream says.
        case record(file: String, mode: RecordMode)
    }

    /// What `serve` does on a miss.
    package enum ServeMiss: String, Sendable, CaseIterable {
        case synthesize, fail, forward
    }

    /// Which requests are recorded (glossary: vcr's record modes).
    package enum RecordMode: String, Sendable, CaseIterable {
        /// Into a new cassette only; one with recordings is replayed, and what it lacks is a miss.
        case once
        /// What is recorded is served, each recording once; the rest is forwarded and appended.
        case newEpisodes = "new-episodes"
        /// Everything is forwarded; new recordings of a request replace the older ones.
        case all
    }

    package var host = "127.0.0.1"
    /// 0 for any free one.
    package var port = 6464
    package var mode = Mode.serve(onMiss: .synthesize)
    /// Files to answer from, in order.
    package var cassettes: [String] = []
    package var exhausted = CassetteAnswerSource.Exhausted.repeat
    package var includesIncomplete = false
    package var timing = Timing.instant {
        didSet { simulation.timing = timing }
    }
    /// What can be played.
    package var scenarios = ScenarioLibrary()
    /// Files and folders of scenarios whose rules apply to all requests.
    package var scenarioPaths: [String] = []
    /// What a world plays when a request names no scenario and it was born with none; nil for the rules of files.
    package var scenario: String?
    /// Worlds beside `main`; beyond, the one unused for longest is forgotten.
    package var worldLimit = 10_000
    package var seed: UInt64 = 0
    /// The file that worlds are kept in from one run to the next; nil for memory.
    package var stateFile: String?
    package var clock = WorldClock.system
    package var simulation = SimulationSettings(timing: .instant)
    /// The models there are.
    package var catalog = Catalog.embedded
    package var playback = PlaybackConfiguration()
    package var tls: TLSFiles?
    package var upstream: UpstreamConfiguration?
    /// What the user says is secret, besides what the cassettes say.
    package var redaction = RedactionRules()
    /// What a cassette without recordings is to match by, and one with some must match by; nil for what it says.
    package var matchingRules: MatchingRules?
    /// How long streams may go on once the server is told to stop.
    package var drainLimit = Duration.seconds(5)

    /// Told of each request once it is over, off event loops; nil where nobody reads a log.
    package var logRequest: (@Sendable (LoggedRequest) -> Void)?

    package init() {}

    /// The files that are played and the one that is recorded into, which need not exist yet.
    var cassettePaths: [String] {
        guard case .record(let file, _) = mode else { return cassettes }
        return cassettes + [file]
    }

    /// Whether only this machine can reach the server.
    package var isLoopback: Bool { ["127.0.0.1", "localhost", "::1"].contains(host) }
}

/// PEM files of the listener's certificate chain and its key.
package struct TLSFiles: Sendable, Hashable {
    package var certificate: String
    package var key: String

    package init(certificate: String, key: String) {
        self.certificate = certificate
        self.key = key
    }
}

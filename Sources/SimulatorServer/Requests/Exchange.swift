internal import Playback
internal import Simulation
internal import Tapes

/// One request on its way: notes in journal and metrics how its answer was played.
final class Exchange: PlaybackObserver {
    private let world: World
    private let entry: Int
    private let generationID: String?
    private let metrics: Metrics

    init(world: World, entry: Int, generationID: String?, metrics: Metrics) {
        self.world = world
        self.entry = entry
        self.generationID = generationID
        self.metrics = metrics
    }

    func willPlay(_ answer: Answer) {
        metrics.count(answer)
        world.journal.update(entry) { entry in
            entry.origin = answer.origin
            entry.status = answer.status
            entry.ending = answer.ending
        }
    }

    func didPlay(_ report: PlaybackReport) {
        metrics.count(report)
        if report.outcome == .cancelled, let generationID { world.noteCancellation(ofGeneration: generationID) }
        world.journal.update(entry) { entry in
            entry.played = Journal.Entry.Played(
                outcome: report.outcome.rawValue,
                sends: report.sends.map { .init(at: $0.at, byteCount: $0.byteCount) },
                duration: report.duration
            )
        }
    }
}

extension Answer {
    /// How it ends; nil while it is still coming.
    fileprivate var ending: Ending? {
        switch self {
        case .tape(let tape): tape.ending
        case .lowered(let lowered): lowered.tape.ending
        case .live: nil
        }
    }
}

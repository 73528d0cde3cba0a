internal import Playback
internal import Simulation
internal import Synchronization
internal import Tapes

/// One request on its way: notes in journal and metrics how its answer was played.
final class Exchange: PlaybackObserver {
    private let world: World
    private let entry: Int
    private let generationID: String?
    private let metrics: Metrics
    /// Set where the journal had the answer from the start.
    private let answered: Metrics.AnswerKind?
    private let lateAnswer = Mutex<Metrics.AnswerKind?>(nil)

    /// Enters a request into the journal, with the answer where it is known.
    init(_ entry: Journal.Entry, answer: Answer?, world: World, metrics: Metrics) {
        var entry = entry
        if let answer { entry.note(answer) }
        generationID = entry.generationID
        answered = answer.map { Metrics.AnswerKind($0) }
        self.world = world
        self.metrics = metrics
        self.entry = world.journal.append(entry)
    }

    /// Changes the journal's entry.
    func update(_ change: (inout Journal.Entry) -> Void) {
        world.journal.update(entry, change)
    }

    func willPlay(_ answer: Answer) {
        guard answered == nil else { return }
        lateAnswer.withLock { $0 = Metrics.AnswerKind(answer) }
        update { $0.note(answer) }
    }

    func didPlay(_ report: PlaybackReport) {
        metrics.count(answered ?? lateAnswer.withLock { $0 }, report)
        if report.outcome == .cancelled, let generationID { world.noteCancellation(ofGeneration: generationID) }
        let sends = report.sends.map { Journal.Entry.Played.Send(at: $0.at, byteCount: $0.byteCount) }
        update { entry in
            entry.played = Journal.Entry.Played(
                outcome: report.outcome.rawValue,
                sends: sends,
                duration: report.duration
            )
        }
    }
}

extension Journal.Entry {
    fileprivate mutating func note(_ answer: Answer) {
        origin = answer.origin
        status = answer.status
        ending = answer.ending
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

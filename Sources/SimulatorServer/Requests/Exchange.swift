internal import Logging
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
    private let log: RequestLog?
    private let logger: Logger?
    /// Set where the journal had the answer from the start.
    private let answered: Metrics.AnswerKind?
    private let lateAnswer = Mutex<Metrics.AnswerKind?>(nil)
    /// Of the world's waits, while the answer waits.
    private let wait = Mutex<Int?>(nil)

    /// Enters a request into the journal, with the answer where it is known.
    ///
    /// - Parameters:
    ///   - entry: what the journal has of it.
    ///   - answer: nil where it is still to come.
    ///   - world: whose journal that is.
    ///   - metrics: counts it once it is over.
    ///   - log: told once it is over; nil where nobody reads one.
    ///   - logger: told where the answer could not be played to its end; nil for one that is not read on the way.
    init(
        _ entry: consuming Journal.Entry,
        answer: Answer?,
        world: World,
        metrics: Metrics,
        log: RequestLog? = nil,
        logger: Logger? = nil
    ) {
        if let answer { entry.note(answer) }
        generationID = entry.generationID
        answered = answer.map { Metrics.AnswerKind($0) }
        self.world = world
        self.metrics = metrics
        self.log = log
        self.logger = logger
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

    func willWait(_ control: PlaybackControl) {
        let id = world.beginWait { control.advance(by: $0) }
        wait.withLock { $0 = id }
    }

    func didPlay(_ report: PlaybackReport) {
        if let id = wait.withLock({ $0 }) { world.endWait(id) }
        if let failure = report.failure { logger?.error("\(failure)") }
        metrics.count(answered ?? lateAnswer.withLock { $0 }, report)
        if report.outcome == .cancelled, let generationID {
            world.noteCancellation(
                ofGeneration: generationID,
                sentByteCount: report.byteCount,
                of: report.tapeByteCount
            )
        }
        update { entry in
            entry.played = Journal.Entry.Played(
                outcome: report.outcome.rawValue,
                sends: report.sends,
                duration: report.duration
            )
        }
        log?.note(entry, in: world)
    }
}

extension Journal.Entry {
    fileprivate mutating func note(_ answer: Answer) {
        origin = answer.origin
        status = answer.status
        ending = answer.ending
        if let excerpt = answer.excerpt { keep(excerpt) }
    }
}

internal import NIOCore
internal import Tapes

/// An answer that a player has begun, with what it notes on the way.
struct AnswerUnderWay {
    /// Nil for a live one.
    let wire: WireTape?
    /// Of a tape.
    let number: Int?
    let start: NIODeadline
    private let promise: EventLoopPromise<PlaybackReport>?
    /// What the gaps so far add up to.
    private var due = Duration.zero
    private var report = PlaybackReport(outcome: .played)

    init(
        wire: WireTape? = nil,
        number: Int? = nil,
        start: NIODeadline,
        promise: EventLoopPromise<PlaybackReport>?
    ) {
        self.wire = wire
        self.number = number
        self.start = start
        self.promise = promise
        report.tapeByteCount = wire?.byteCount
    }

    /// The next write of the tape has come to its turn.
    mutating func passGap(_ gap: Duration) {
        due += gap
    }

    /// Bytes leave together.
    mutating func note(_ byteCount: Int, now: NIODeadline) {
        let at = Duration.nanoseconds((now - start).nanoseconds)
        report.note(.init(at: at, due: wire == nil ? at : due, byteCount: byteCount))
    }

    /// Reports how it went; call once.
    consuming func finish(_ outcome: PlaybackReport.Outcome, now: NIODeadline) {
        report.outcome = outcome
        report.duration = .nanoseconds((now - start).nanoseconds)
        promise?.succeed(report)
    }
}

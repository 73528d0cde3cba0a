internal import NIOCore
internal import Tapes

/// An answer that a player has begun, with what it notes on the way.
struct AnswerUnderWay {
    /// What is being played of it; nil for a live one.
    private(set) var wire: WireTape?
    /// Where the rest of a stored tape comes from, while there is more of it.
    private(set) var rest: StoredPlayback?
    /// Whether the next piece has been asked for.
    var awaitsRest = false
    /// Of a tape.
    let number: Int?
    let start: NIODeadline
    private let played: PlayCommand.Played
    /// What the gaps so far add up to.
    private var due = Duration.zero
    private var report = PlaybackReport(outcome: .played)

    init(
        wire: WireTape? = nil,
        rest: StoredPlayback? = nil,
        number: Int? = nil,
        start: NIODeadline,
        played: @escaping PlayCommand.Played
    ) {
        self.wire = wire
        self.rest = rest
        self.number = number
        self.start = start
        self.played = played
        report.tapeByteCount = wire.map { $0.byteCount + (rest?.bodyByteCount ?? 0) }
    }

    /// The next piece of a stored tape is there.
    mutating func goOn(with piece: StoredPlayback.Piece) {
        awaitsRest = false
        due += wire?.endingGap ?? .zero
        wire = piece.wire
        if piece.isLast { rest = nil }
        report.failure = piece.failure
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
        report.outcome = report.failure == nil || outcome == .cancelled ? outcome : .interrupted
        report.duration = .nanoseconds((now - start).nanoseconds)
        played(report)
    }
}

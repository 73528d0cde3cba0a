package import Tapes

/// What happened while an answer was played.
package struct PlaybackReport: Sendable, Hashable {
    package enum Outcome: String, Sendable, Hashable, CaseIterable {
        /// Everything was handed to the kernel and the ending was carried out.
        case played
        /// The client left first.
        case cancelled
        /// The server stopped first, or could not go on.
        case interrupted
    }

    package var outcome: Outcome

    /// The sends in order, at most ``sendLimit``; later ones are added to the last.
    package var sends: [TimedSend] = []

    /// Bytes of the whole answer, of one that is read while it is played without what chunks add; nil for one that was
    /// still coming.
    package var tapeByteCount: Int?

    /// Why the rest of the answer could not be had; nil where nothing went wrong.
    package var failure: String?

    /// Time from the end of the request to the end of playing.
    package var duration: Duration = .zero

    package static let sendLimit = 4096

    /// Bytes of head and framed body handed to the kernel.
    package var byteCount: Int {
        sends.reduce(0) { $0 + $1.byteCount }
    }

    package init(outcome: Outcome, sends: [TimedSend] = [], duration: Duration = .zero) {
        self.outcome = outcome
        self.sends = sends
        self.duration = duration
    }

    package mutating func note(_ send: TimedSend) {
        if sends.count == Self.sendLimit {
            sends[sends.count - 1].byteCount += send.byteCount
        } else {
            sends.append(send)
        }
    }
}

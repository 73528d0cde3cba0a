internal import NIOCore
internal import Tapes

/// What the answering side asks of the player, as an outbound user event.
///
/// A final class, so that the event costs one allocation and no copy of the tape.
final class PlayCommand: Sendable {
    enum Kind: Sendable {
        /// Play this from beginning to end.
        ///
        /// The number tells the answers of a connection apart.
        case tape(WireTape, start: NIODeadline, number: Int, played: Played)
        /// The same for a tape that is read piece by piece.
        case stored(StoredPlayback, start: NIODeadline, number: Int, played: Played)
        /// Begin an answer that is still coming with these bytes, its head. The promise gets the report of the whole
        /// answer, however it ends.
        case begin(ByteBuffer, start: NIODeadline, played: EventLoopPromise<PlaybackReport>)
        /// Send these bytes of it now.
        case send(ByteBuffer)
        /// Play the tape with this number as if so much more time had passed.
        case advance(Duration, number: Int)
        /// End it.
        case end(Ending, isPersistent: Bool)
    }

    /// Told how an answer went, once and on the loop.
    ///
    /// A closure: a promise would be one more object for each answer, and its future another.
    typealias Played = @Sendable (PlaybackReport) -> Void

    let kind: Kind

    /// On a stream of HTTP/2 what it has besides bytes: with a tape and at the beginning of a live answer all of it, at the
    /// end of one its trailers.
    let parts: StreamTape.Parts?

    /// Completed when the bytes to send are written.
    let written: EventLoopPromise<Void>?

    init(_ kind: Kind, parts: StreamTape.Parts? = nil, written: EventLoopPromise<Void>? = nil) {
        self.kind = kind
        self.parts = parts
        self.written = written
    }
}

/// The player has no connection to play on.
struct PlaybackUnavailableError: Error {}

internal import NIOCore
internal import Synchronization
internal import Tapes

/// What a player plays of one stored tape: its opening, then piece after piece, each asked for once the one before it
/// has been written.
///
/// The player asks while the socket is still taking what it has: one piece is read ahead, and no more.
final class StoredPlayback: Sendable {
    /// Writes that are played together.
    struct Piece: Sendable {
        var wire: WireTape
        /// What a stream of HTTP/2 has of it besides bytes.
        var parts = StreamTape.Parts()
        var isLast: Bool
        /// Why nothing more can be read; then the piece breaks the answer off.
        var failure: String?
    }

    private enum Lowering {
        case wire(WireLowering)
        case stream(StreamLowering)
    }

    /// All of it where no body is sent.
    let opening: Piece
    let bodyByteCount: Int
    private let reading: TimedReading
    private let lowering: Mutex<Lowering>

    /// - Parameters:
    ///   - stored: the tape.
    ///   - exchange: what the request says about the form of the answer.
    ///   - isStream: whether it is played on a stream of HTTP/2.
    init(_ stored: StoredTape, for exchange: ExchangeContext, isStream: Bool) {
        bodyByteCount = stored.bodyByteCount
        reading = stored.read()
        // Where no body is sent there is nothing to be read.
        let isWhole = stored.outline.head.map { !StreamEncoder.sendsBody($0, for: exchange) } ?? false
        if isStream {
            let stream = StreamLowering(stored.outline, for: exchange)
            let opening = isWhole ? StreamEncoder.lower(stored.outline, for: exchange) : stream.opening()
            self.opening = Piece(wire: opening.wire, parts: opening.parts, isLast: isWhole)
            lowering = Mutex(.stream(stream))
        } else {
            let wire = WireLowering(stored.outline, for: exchange)
            let opening = isWhole ? WireEncoder.lower(stored.outline, for: exchange) : wire.opening()
            self.opening = Piece(wire: opening, isLast: isWhole)
            lowering = Mutex(.wire(wire))
        }
    }

    /// The next piece; one at a time.
    ///
    /// - Returns: what never fails: a piece that cannot be read, or is not what was recorded, becomes the end.
    func next(on eventLoop: any EventLoop) -> EventLoopFuture<Piece> {
        reading.next(on: eventLoop)
            .map { [self] in lower($0) }
            .flatMapErrorThrowing { [self] in breakOff("\($0)") }
    }

    private func lower(_ piece: StoredTape.Piece) -> Piece {
        lowering.withLock { lowering in
            switch lowering {
            case .wire(var lower):
                let wire = piece.isLast ? lower.lower(last: piece.frames) : lower.lower(piece.frames)
                lowering = .wire(lower)
                return Piece(wire: wire, isLast: piece.isLast)
            case .stream(var lower):
                let stream = piece.isLast ? lower.lower(last: piece.frames) : lower.lower(piece.frames)
                lowering = .stream(lower)
                return Piece(wire: stream.wire, parts: stream.parts, isLast: piece.isLast)
            }
        }
    }

    /// An end that no client takes for a regular one: a reset, since a body without a length ends with any other close;
    /// on HTTP/2 of the stream alone.
    private func breakOff(_ failure: String) -> Piece {
        let ending: Ending =
            switch lowering.withLock({ $0 }) {
            case .wire: .reset
            case .stream: .close
            }
        let wire = WireTape(writes: [], endingGap: .zero, ending: ending, isPersistent: false)
        return Piece(wire: wire, isLast: true, failure: failure)
    }
}

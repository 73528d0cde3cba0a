internal import HTTPTypes
internal import NIOCore
internal import Simulation
internal import Synchronization
internal import Tapes

extension LiveTape {
    /// The same answer, with somebody told what it was before its end is played.
    ///
    /// - Parameters:
    ///   - start: when it was asked for.
    ///   - tell: gets the answer as it came; of a long one the beginning.
    /// - Returns: what to play instead.
    func watched(since start: ContinuousClock.Instant, tell: @escaping @Sendable (Tape) -> Void) -> LiveTape {
        var watched = self
        let opening = Tape(headGap: ContinuousClock.now - start, head: head, origin: origin)
        watched.play = { [play] stage in await play(WatchedStage(stage, opening, tell)) }
        return watched
    }
}

/// A stage that notes what is played on it.
private final class WatchedStage: LiveStage {
    private struct Notes {
        var tape: Tape
        var byteCount = 0
        var last = ContinuousClock.now

        mutating func gap() -> Duration {
            let now = ContinuousClock.now
            defer { last = now }
            return now - last
        }
    }

    private let stage: any LiveStage
    private let tell: @Sendable (Tape) -> Void
    private let notes: Mutex<Notes>

    init(_ stage: any LiveStage, _ opening: Tape, _ tell: @escaping @Sendable (Tape) -> Void) {
        self.stage = stage
        self.tell = tell
        notes = Mutex(Notes(tape: opening))
    }

    func send(_ bytes: ByteBuffer, _ chunk: Frame.Chunk) async throws(ClientGoneError) {
        notes.withLock { notes in
            let gap = notes.gap()
            guard notes.byteCount <= TapeExcerpt.bodyByteLimit, notes.tape.frames.count <= TapeExcerpt.frameLimit else {
                return
            }
            notes.byteCount += bytes.readableBytes
            notes.tape.frames.append(Frame(gap: gap, bytes: bytes, chunk: chunk))
        }
        try await stage.send(bytes, chunk)
    }

    func end(_ ending: Ending, trailers: HTTPFields) async {
        let tape = notes.withLock { notes in
            notes.tape.endingGap = notes.gap()
            notes.tape.ending = ending
            notes.tape.trailers = trailers
            return notes.tape
        }
        tell(tape)
        await stage.end(ending, trailers: trailers)
    }
}

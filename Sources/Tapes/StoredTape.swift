package import NIOCore

/// A tape whose frames are read while it is played, since its body is too large to be held.
///
/// What a player has of the body at any time is a piece of it, and it asks for the next one when it has handed on what
/// it has: so memory depends neither on the body's size nor on how fast a client reads.
///
/// ```
///  the file ──piece──► FrameReading ──frames──► lowering ──writes──► player ──► socket
///     ▲                one for each answer      of this exchange       │
///     └──────────────── the next piece, once these are written ────────┘
/// ```
///
/// It is a value like other tapes: whoever made it owns the file, and a reading keeps that open until its answer is
/// played. Faults change whole tapes, so for them it is read as one, see ``whole()``.
package struct StoredTape: Sendable {
    /// Frames that are read together.
    package struct Piece: Sendable, Hashable {
        /// Perhaps parts of recorded ones: then chunks are, see ``Frame/Chunk``.
        package var frames: [Frame]
        /// Whether there are no more.
        ///
        /// The last piece is only handed out once the whole body has proved to be right.
        package var isLast: Bool

        package init(frames: [Frame], isLast: Bool) {
            self.frames = frames
            self.isLast = isLast
        }
    }

    /// The largest piece, in bytes.
    package static let pieceByteLimit = 256 * 1024

    /// All of it but the frames.
    package let outline: Tape

    /// Bytes of all frames together.
    package let bodyByteCount: Int

    /// How the gaps of frames are played; those of the outline are changed already.
    package let timing: Timing

    /// What journals keep of it.
    package let excerpt: TapeExcerpt

    private let open: @Sendable () -> any FrameReading

    /// - Parameters:
    ///   - outline: all of it but the frames.
    ///   - bodyByteCount: bytes of all frames together.
    ///   - timing: how gaps are played.
    ///   - excerpt: its beginning, as it is played.
    ///   - open: begins at the first frame; called for each answer.
    package init(
        outline: Tape,
        bodyByteCount: Int,
        timing: Timing,
        excerpt: TapeExcerpt,
        open: @escaping @Sendable () -> any FrameReading
    ) {
        self.outline = timing.apply(to: outline)
        self.bodyByteCount = bodyByteCount
        self.timing = timing
        self.excerpt = excerpt
        self.open = open
    }

    /// The frames from the first one on.
    package func read() -> TimedReading {
        TimedReading(reading: open(), timing: timing)
    }

    /// All of it in memory; blocks on the disk.
    ///
    /// - Throws: what reading throws.
    package func whole() throws -> Tape {
        var tape = outline
        let reading = read()
        while true {
            let piece = try reading.next()
            tape.frames += piece.frames
            if piece.isLast { return tape }
        }
    }
}

/// Reads the frames of one recording in order.
package protocol FrameReading: Sendable {
    /// The next frames, together at most ``StoredTape/pieceByteLimit`` bytes; blocks on the disk.
    ///
    /// - Throws: an error when they cannot be read, or are not what was recorded.
    func next() throws -> StoredTape.Piece

    /// The same without blocking, for an event loop.
    func next(on eventLoop: any EventLoop) -> EventLoopFuture<StoredTape.Piece>
}

/// A reading whose frames come as they are to be played.
package struct TimedReading: FrameReading {
    fileprivate let reading: any FrameReading
    fileprivate let timing: Timing

    package func next() throws -> StoredTape.Piece {
        timing.apply(to: try reading.next())
    }

    package func next(on eventLoop: any EventLoop) -> EventLoopFuture<StoredTape.Piece> {
        reading.next(on: eventLoop).map { [timing] in timing.apply(to: $0) }
    }
}

extension Timing {
    fileprivate func apply(to piece: StoredTape.Piece) -> StoredTape.Piece {
        guard self != .recorded else { return piece }
        var piece = piece
        for index in piece.frames.indices { piece.frames[index].gap = apply(to: piece.frames[index].gap) }
        return piece
    }
}

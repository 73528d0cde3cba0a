internal import NIOCore
internal import Synchronization
internal import Tapes

/// Frames in pieces from memory, or an error in place of one.
final class StubReading: FrameReading {
    struct Failure: Error, CustomStringConvertible {
        var description: String { "the disk is gone" }
    }

    private let pieces: [[Frame]]
    private let failingPiece: Int?
    private let read = Mutex(0)

    init(_ pieces: [[Frame]], failingPiece: Int? = nil) {
        self.pieces = pieces
        self.failingPiece = failingPiece
    }

    /// How many pieces were asked for.
    var readCount: Int { read.withLock { $0 } }

    func next() throws -> StoredTape.Piece {
        let index = read.withLock { read in
            defer { read += 1 }
            return read
        }
        if index == failingPiece { throw Failure() }
        return StoredTape.Piece(frames: pieces[index], isLast: index == pieces.count - 1)
    }

    func next(on eventLoop: any EventLoop) -> EventLoopFuture<StoredTape.Piece> {
        // As from a thread of the disk's: never within the call.
        let promise = eventLoop.makePromise(of: StoredTape.Piece.self)
        eventLoop.execute { promise.completeWith(Result { try self.next() }) }
        return promise.futureResult
    }
}

extension StoredTape {
    /// A tape that is read from these pieces.
    init(_ outline: Tape, _ reading: StubReading, bodyByteCount: Int, timing: Timing = .recorded) {
        self.init(
            outline: outline,
            bodyByteCount: bodyByteCount,
            timing: timing,
            excerpt: TapeExcerpt(outline)
        ) {
            reading
        }
    }
}

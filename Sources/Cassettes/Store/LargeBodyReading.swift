internal import GRDB
internal import NIOCore
internal import Synchronization
internal import Tapes

/// Reads the body of one answer from the file, piece after piece, for one player.
///
/// The cassette owns the file; a reading holds its connection, and a blob handle on it, until it has been read to its
/// end or is let go. As long as that is open SQLite keeps a read lock: others that would write to the file wait, so
/// that what is being played stays what it is. All SQLite work runs on the connection's queue, so that a piece of one
/// player waits for a piece of another one and not for its whole body.
final class LargeBodyReading: FrameReading {
    private struct State: ~Copyable {
        var pieces: FramePieces
        var blob: BodyBlob?
    }

    private let bodyID: Int64
    private let interaction: Int64
    private let cassette: Cassette
    private let state: Mutex<State>

    init(_ pieces: consuming sending FramePieces, bodyID: Int64, of interaction: Int64, in cassette: Cassette) {
        self.bodyID = bodyID
        self.interaction = interaction
        self.cassette = cassette
        state = Mutex(State(pieces: pieces, blob: nil))
    }

    func next() throws -> StoredTape.Piece {
        let queue = try connection()
        return try queue.unsafeRead { try self.read($0, queue) }
    }

    func next(on eventLoop: any EventLoop) -> EventLoopFuture<StoredTape.Piece> {
        let promise = eventLoop.makePromise(of: StoredTape.Piece.self)
        do {
            let queue = try connection()
            queue.asyncUnsafeRead { db in
                promise.completeWith(Result { try self.read(db.get(), queue) })
            }
        } catch {
            promise.fail(error)
        }
        return promise.futureResult
    }

    /// The one that the body is read by already, also once the cassette is closed.
    private func connection() throws -> DatabaseQueue {
        if let queue = state.withLock({ $0.blob?.queue }) { return queue }
        return try cassette.connection()
    }

    /// The next piece; on the connection's queue.
    private func read(_ db: Database, _ queue: DatabaseQueue) throws -> StoredTape.Piece {
        do {
            return try state.withLock { state in
                let blob = try state.blob ?? BodyBlob(bodyID, db, queue)
                state.blob = blob
                let plan = state.pieces.next()
                let bytes = try blob.read(plan.byteCount, at: state.pieces.offset, db)
                let piece = try state.pieces.take(plan, bytes)
                if piece.isLast { state.blob = nil }
                return piece
            }
        } catch let damage as RecordDamage {
            throw cassette.damaged("interaction \(interaction)", damage)
        } catch {
            throw CassetteError(error, path: cassette.path, action: .read)
        }
    }
}

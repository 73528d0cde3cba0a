internal import NIOCore
internal import Tapes

/// Cuts a body into pieces of whole frames, and of parts of those that are too long, and checks it on the way.
///
/// No I/O: told how much comes next, somebody reads it.
struct FramePieces: ~Copyable {
    /// Frames of a piece; small ones take more memory than their bytes.
    private static let frameLimit = 2_000

    private let bodyByteCount: Int
    private let hash: Hash128
    private var cursor: FrameCursor
    private var running = RunningHash()
    /// Where the next piece begins in the body.
    private(set) var offset = 0
    /// What is left of a frame that was cut.
    private var rest: FrameCursor.Place?

    /// - Parameters:
    ///   - frames: a ``FrameList`` that adds up to the body.
    ///   - bodyByteCount: bytes of the body.
    ///   - hash: of the body.
    init(_ frames: [UInt8], bodyByteCount: Int, hash: Hash128) {
        cursor = FrameCursor(frames)
        self.bodyByteCount = bodyByteCount
        self.hash = hash
    }

    /// The next frames without their bytes, together at most ``StoredTape/pieceByteLimit``.
    ///
    /// The same until ``take(_:_:)``, which is to be called with them.
    borrowing func next() -> Plan {
        var plan = Plan(cursor: cursor, rest: rest)
        plan.fill(frameLimit: Self.frameLimit)
        return plan
    }

    /// Goes on behind a piece that has been read.
    ///
    /// - Throws: ``RecordDamage`` if it is the last one and the body is not what was recorded.
    mutating func take(_ plan: Plan, _ bytes: ByteBuffer) throws(RecordDamage) -> StoredTape.Piece {
        bytes.withUnsafeReadableBytes { running.add($0) }
        offset += bytes.readableBytes
        cursor = plan.cursor
        rest = plan.rest
        let isLast = rest == nil && cursor.isAtEnd
        if isLast {
            guard offset == bodyByteCount else { throw .frames }
            guard running.finish() == hash else { throw .bodyHash }
        }
        var bytes = bytes
        var frames: [Frame] = []
        frames.reserveCapacity(plan.places.count)
        for place in plan.places {
            guard let slice = bytes.readSlice(length: place.byteCount) else { throw .frames }
            frames.append(Frame(gap: place.gap, bytes: slice, chunk: place.chunk))
        }
        return StoredTape.Piece(frames: frames, isLast: isLast)
    }
}

extension FramePieces {
    /// What the next piece is made of, and where it ends.
    struct Plan {
        fileprivate(set) var places: [FrameCursor.Place] = []
        fileprivate(set) var byteCount = 0
        fileprivate var cursor: FrameCursor
        fileprivate var rest: FrameCursor.Place?

        fileprivate init(cursor: FrameCursor, rest: FrameCursor.Place?) {
            self.cursor = cursor
            self.rest = rest
        }

        fileprivate mutating func fill(frameLimit: Int) {
            while places.count < frameLimit {
                var ahead = cursor
                guard let place = rest ?? ahead.next() else { return }
                let room = StoredTape.pieceByteLimit - byteCount
                guard place.byteCount > room else {
                    add(place, cursor: ahead, rest: nil)
                    continue
                }
                // DATA frames of HTTP/2 are cut from the beginning of a recorded frame on.
                let cut = room - room % StreamEncoder.frameByteLimit
                guard cut > 0 else { return }
                var part = place
                part.byteCount = cut
                var remainder = place
                remainder.gap = .zero
                remainder.byteCount -= cut
                remainder.chunk = .rest
                // It is still the chunk that it was, sent in pieces.
                if place.chunk == .whole { part.chunk = .start(byteCount: place.byteCount) }
                add(part, cursor: ahead, rest: remainder)
                return
            }
        }

        private mutating func add(_ place: FrameCursor.Place, cursor: FrameCursor, rest: FrameCursor.Place?) {
            places.append(place)
            byteCount += place.byteCount
            self.cursor = cursor
            self.rest = rest
        }
    }
}

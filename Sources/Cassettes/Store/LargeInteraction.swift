internal import NIOCore
package import Tapes

/// A recording whose answer is read while it is played.
package struct LargeInteraction: Sendable {
    /// With a tape that has no frames.
    package let outline: StoredInteraction
    /// Bytes of all frames together, and how many frames there are.
    package let bodyByteCount: Int
    package let frameCount: Int
    /// Where frames end, and the time before each.
    private let frames: [UInt8]
    private let bodyID: Int64
    private let bodyHash: Hash128
    private let cassette: Cassette

    /// - Throws: ``RecordDamage`` if it holds what no message can hold.
    init(
        _ id: Int64,
        _ record: InteractionRecord,
        _ requestBody: ByteBuffer,
        _ bodyID: Int64,
        _ bodyByteCount: Int,
        _ cassette: Cassette
    ) throws(RecordDamage) {
        outline = try StoredInteraction(
            id: id,
            record: record,
            requestBody: requestBody,
            frames: [],
            file: cassette.path
        )
        guard let count = FrameList.count(record.frames, bodyByteCount: bodyByteCount) else { throw .frames }
        frameCount = count
        frames = record.frames
        bodyHash = record.responseBody
        self.bodyID = bodyID
        self.bodyByteCount = bodyByteCount
        self.cassette = cassette
    }

    /// What it takes in memory, beside the outline.
    package var memoryByteCount: Int { frames.count }

    /// The frames from the first one on, in pieces.
    ///
    /// Fails with a ``CassetteError``: at the first piece that cannot be read, or before the last one if the body is
    /// another than was recorded.
    package func read() -> any FrameReading {
        LargeBodyReading(
            FramePieces(frames, bodyByteCount: bodyByteCount, hash: bodyHash),
            bodyID: bodyID,
            of: outline.id,
            in: cassette
        )
    }

    /// Reads and checks the whole body.
    ///
    /// - Parameter visit: gets the frames in order, some at a time.
    /// - Throws: ``CassetteError``, as ``read()``.
    package func readThrough(_ visit: ([Frame]) -> Void) throws(CassetteError) {
        let reading = read()
        do {
            while true {
                let piece = try reading.next()
                visit(piece.frames)
                if piece.isLast { return }
            }
        } catch {
            throw CassetteError(error, path: cassette.path, action: .read)
        }
    }
}

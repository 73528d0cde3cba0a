internal import NIOCore
internal import Tapes

/// Recordings that are written in transactions of many, since a commit takes longer than most recordings.
struct WriteBatch {
    private static let countLimit = 500
    /// Of bodies in memory.
    private static let byteLimit = 8 << 20

    private let writer: CassetteWriter
    private var interactions: [RedactedInteraction] = []
    private var byteCount = 0

    init(_ writer: CassetteWriter) {
        self.writer = writer
    }

    mutating func add(_ redacted: RedactedInteraction) async throws(CassetteError) {
        interactions.append(redacted)
        byteCount += redacted.interaction.request.body.readableBytes + redacted.interaction.tape.bodyByteCount
        if interactions.count >= Self.countLimit || byteCount >= Self.byteLimit { try await finish() }
    }

    /// Writes what is left.
    mutating func finish() async throws(CassetteError) {
        let batch = interactions
        (interactions, byteCount) = ([], 0)
        try await writer.append(batch)
    }
}

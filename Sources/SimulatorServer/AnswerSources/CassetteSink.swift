internal import Cassettes
internal import Dispatch
internal import NIOCore
internal import Recording
internal import Synchronization
internal import Tapes

/// Puts what the recorder hands over into a cassette, redacted.
final class CassetteSink: InteractionSink {
    private let writer: CassetteWriter
    private let redactor: Redactor
    private let upstream: String
    private let kept = Mutex(0)
    private let redacting = DispatchQueue(label: "redacting")

    private static let loopByteLimit = 32 * 1024

    init(writer: CassetteWriter, redactor: Redactor, upstream: String) {
        self.writer = writer
        self.redactor = redactor
        self.upstream = upstream
    }

    /// How many interactions were recorded.
    var recordingCount: Int {
        kept.withLock { $0 }
    }

    func store(_ interaction: Interaction, replacing earlier: Int64?) async throws -> Int64 {
        let redacted = await redacted(interaction)
        if let earlier {
            try await writer.replace(earlier, with: redacted)
            return earlier
        }
        let id = try await writer.append(redacted)
        kept.withLock { $0 += 1 }
        return id
    }

    /// Small ones at once; the search of a large one would hold up an event loop, where recordings are made.
    private func redacted(_ interaction: Interaction) async -> RedactedInteraction {
        let byteCount = interaction.request.body.readableBytes + interaction.tape.bodyByteCount
        guard byteCount > Self.loopByteLimit else { return redactor.redact(interaction, upstream: upstream) }
        return await withCheckedContinuation { continuation in
            redacting.async { [redactor, upstream] in
                continuation.resume(returning: redactor.redact(interaction, upstream: upstream))
            }
        }
    }

    func close() async throws(CassetteError) {
        try await writer.close()
    }
}

internal import Cassettes
internal import Recording
internal import Synchronization
internal import Tapes

/// Puts what the recorder hands over into a cassette, redacted.
final class CassetteSink: InteractionSink {
    private let writer: CassetteWriter
    private let redactor: Redactor
    private let upstream: String
    private let kept = Mutex(0)

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
        let redacted = redactor.redact(interaction, upstream: upstream)
        if let earlier {
            try await writer.replace(earlier, with: redacted)
            return earlier
        }
        let id = try await writer.append(redacted)
        kept.withLock { $0 += 1 }
        return id
    }

    func close() async throws(CassetteError) {
        try await writer.close()
    }
}

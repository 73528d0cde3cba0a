internal import Logging
internal import Recording
internal import ServiceLifecycle

/// The recorder and what it needs, for as long as the server runs.
struct RecordingService: Service {
    let recorder: Recorder
    private let upstream: Upstream
    private let sink: CassetteSink?
    private let source: CassetteAnswerSource?
    private let logger: Logger

    /// Connects nothing yet.
    ///
    /// - Parameters:
    ///   - configuration: the upstream.
    ///   - sink: nil to forward without recording.
    ///   - source: what reads the file that is recorded into, to be closed first; nil when nothing does.
    ///   - logger: for failures that no client hears of.
    /// - Throws: ``ServerError`` when the certificate authority's file cannot be used.
    init(
        _ configuration: UpstreamConfiguration,
        sink: CassetteSink?,
        source: CassetteAnswerSource? = nil,
        logger: Logger
    ) throws {
        do {
            upstream = try Upstream(configuration)
        } catch {
            throw ServerError.unusableCertificateAuthority(
                file: configuration.certificateAuthorityFile ?? "",
                reason: "\(error)"
            )
        }
        self.sink = sink
        self.source = source
        self.logger = logger
        recorder = Recorder(
            upstream: upstream,
            sink: sink,
            microsecondsSince1970: SystemTime.microsecondsSince1970,
            logger: logger
        )
    }

    var recordingCount: Int { sink?.recordingCount ?? 0 }

    /// Ends after the server: listed before it, it is told to stop after it, when every answer is played.
    func run() async throws {
        try? await gracefulShutdown()
        await recorder.finish()
        // SQLite leaves its log only when nobody else has the file open.
        source?.close()
        do {
            try await sink?.close()
        } catch {
            // Where answers were lost already, the summary is what counts: it says how many.
            guard recorder.lostCount > 0 else {
                try? await upstream.shutdown()
                throw error
            }
            logger.error("\(error)")
        }
        try await upstream.shutdown()
    }
}

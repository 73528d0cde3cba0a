internal import Logging
internal import Recording
internal import ServiceLifecycle

/// The recorder and what it needs, for as long as the server runs.
struct RecordingService: Service {
    let recorder: Recorder
    private let upstream: Upstream
    private let sink: CassetteSink?

    /// - Parameters:
    ///   - configuration: where the upstream is, and how to reach it.
    ///   - sink: nil to forward without recording.
    ///   - logger: the recorder's.
    /// - Throws: ``ServerError`` when the certificate authority's file cannot be used.
    init(_ configuration: UpstreamConfiguration, sink: CassetteSink?, logger: Logger) throws {
        do {
            upstream = try Upstream(configuration)
        } catch {
            throw ServerError.unusableCertificateAuthority(
                file: configuration.certificateAuthorityFile ?? "",
                reason: "\(error)"
            )
        }
        self.sink = sink
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
        try await sink?.close()
        try await upstream.shutdown()
    }
}

internal import Cassettes
internal import Logging
internal import Recording
internal import Simulation
internal import Tapes

/// Who answers in a mode: the sources in order, what a miss comes to, and what has to run beside the server.
struct AnswerPlan {
    var sources: [any AnswerSource]
    var missPolicy: MissPolicy
    var recording: RecordingService?
    var recordingCount: Int

    init(_ configuration: ServerConfiguration, redactor: Redactor, logger: Logger) throws {
        switch configuration.mode {
        case .serve(let onMiss):
            let source = try Self.source(configuration, files: configuration.cassettes, redactor)
            sources = source.map { [$0] } ?? []
            recordingCount = source?.recordingCount ?? 0
            switch onMiss {
            case .synthesize: missPolicy = .synthesize
            case .fail: missPolicy = .fail
            case .forward:
                let service = try RecordingService(configuration.requiredUpstream, sink: nil, logger: logger)
                recording = service
                missPolicy = .forward(service.recorder)
            }
        case .replay:
            let source = try Self.source(configuration, files: configuration.cassettes, redactor)
            sources = source.map { [$0] } ?? []
            recordingCount = source?.recordingCount ?? 0
            missPolicy = .fail
        case .record(let file, let mode):
            // The index is read before the writer adds to it: what is recorded now is not played in this session.
            let source = try Self.existingSource(configuration, file: file, mode: mode, redactor)
            sources = source.map { [$0] } ?? []
            recordingCount = source?.recordingCount ?? 0
            if mode == .once, recordingCount > 0 {
                if let rules = configuration.matchingRules { try Self.require(rules, of: file) }
                missPolicy = .fail
                return
            }
            let upstream = configuration.requiredUpstream
            let writer = try CassetteWriter(
                path: file,
                older: mode == .all ? .replaced : .kept,
                redaction: configuration.redaction,
                rules: configuration.matchingRules
            )
            let sink = CassetteSink(writer: writer, redactor: redactor, upstream: upstream.url)
            let service = try RecordingService(upstream, sink: sink, source: source, logger: logger)
            recording = service
            missPolicy = .forward(service.recorder)
        }
    }

    /// - Throws: ``CassetteError/otherRules(path:stored:asked:)``
    private static func require(_ rules: MatchingRules, of file: String) throws(CassetteError) {
        let cassette = try Cassette(path: file)
        defer { cassette.close() }
        let stored = try cassette.matchingRules()
        guard stored == rules else { throw .otherRules(path: file, stored: stored, asked: rules) }
    }

    private static func source(
        _ configuration: ServerConfiguration,
        files: [String],
        _ redactor: Redactor,
        exhausted: CassetteAnswerSource.Exhausted? = nil
    ) throws -> CassetteAnswerSource? {
        guard !files.isEmpty else { return nil }
        var cassettes: [Cassette] = []
        for file in files {
            cassettes.append(try Cassette(path: file))
        }
        return try CassetteAnswerSource(
            cassettes,
            redactor: redactor,
            exhausted: exhausted ?? configuration.exhausted,
            timing: configuration.timing,
            includesIncomplete: configuration.includesIncomplete
        )
    }

    /// What a cassette to be recorded into already answers: nothing when all is recorded anew, in `new-episodes` each
    /// recording once, since a second equal request may be the next episode.
    private static func existingSource(
        _ configuration: ServerConfiguration,
        file: String,
        mode: ServerConfiguration.RecordMode,
        _ redactor: Redactor
    ) throws -> CassetteAnswerSource? {
        guard mode != .all, try Cassette.exists(at: file) else { return nil }
        return try source(configuration, files: [file], redactor, exhausted: mode == .newEpisodes ? .fail : nil)
    }
}

extension ServerConfiguration {
    fileprivate var requiredUpstream: UpstreamConfiguration {
        guard let upstream else { preconditionFailure("forwarding needs an upstream") }
        return upstream
    }
}

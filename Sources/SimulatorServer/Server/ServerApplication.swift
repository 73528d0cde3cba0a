internal import Cassettes
internal import Foundation
internal import HummingbirdCore
package import Logging
internal import NIOCore
internal import NIOPosix
internal import Playback
internal import Recording
internal import ServiceLifecycle
internal import Simulation
internal import Synchronization
internal import Tapes
internal import UnixSignals

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// A server ready to run: cassettes opened, answers sorted out, port not yet bound.
package struct ServerApplication: Sendable {
    /// A server that is bound.
    package struct Binding: Sendable, Hashable {
        package var host: String
        package var port: Int
        package var isTLS: Bool

        /// `http://127.0.0.1:6464`.
        package var origin: String {
            let shown =
                host == "0.0.0.0" ? "127.0.0.1" : host == "::" ? "[::1]" : host.contains(":") ? "[\(host)]" : host
            return "\(isTLS ? "https" : "http")://\(shown):\(port)"
        }

        package var baseURL: String { origin + "/api/v1" }
    }

    /// What a server did until it was stopped.
    package struct Summary: Sendable, Hashable {
        package var answers: Int
        package var misses: Int
        package var recorded: Int
        /// How many answers were passed on but could not be recorded.
        package var lost: Int
        /// Recordings that no world has played, as `file #interaction`.
        package var unusedRecordings: [String] = []
        /// Rules of scenario files that matched in no world, as `name:line`.
        package var unusedRules: [String] = []
        /// Requests that came too fast to be logged.
        package var unlogged = 0
    }

    private let configuration: ServerConfiguration
    let responder: SimulatorResponder
    private let playback: PlaybackConfiguration
    private let recording: RecordingService?
    private let state: StateService?
    private let scenarios: ScenarioService?
    private let status: ServerStatus
    private let metrics: Metrics
    private let log: RequestLog?
    private let logger: Logger

    /// Opens what the configuration names; blocks on the disk.
    ///
    /// - Throws: ``CassetteError``, ``WorldFileError`` or ``ServerError``.
    package init(_ configuration: ServerConfiguration, logger: Logger) throws {
        // What can fail without a trace comes before files and connections.
        playback = try Self.playback(configuration)
        let rules = try Cassette.redactionRules(at: configuration.cassettePaths, adding: configuration.redaction)
        let redactor = Redactor(rules: rules)
        let plan = try AnswerPlan(configuration, redactor: redactor, logger: logger)
        let worlds = WorldRegistry(
            seed: configuration.seed,
            clock: configuration.clock,
            scenario: configuration.scenario,
            systemTime: SystemTime.microsecondsSince1970,
            limit: configuration.worldLimit
        )
        state = try configuration.stateFile.map { try StateService(path: $0, worlds: worlds, logger: logger) }
        let paths = configuration.scenarioPaths
        let library = configuration.scenarios
        scenarios = try paths.isEmpty ? nil : ScenarioService(paths: paths, library: library, logger: logger)
        let metrics = Metrics()
        let status = ServerStatus(mode: configuration.mode.name, recordingCount: plan.recordingCount)
        self.configuration = configuration
        self.metrics = metrics
        self.status = status
        self.logger = logger
        let log = configuration.logRequest.map { RequestLog(write: $0) }
        self.log = log
        recording = plan.recording
        responder = SimulatorResponder(
            simulator: Simulator(catalog: configuration.catalog, settings: configuration.simulation),
            worlds: worlds,
            director: ScenarioDirector(library: configuration.scenarios),
            sources: plan.sources,
            missPolicy: plan.missPolicy,
            metrics: metrics,
            control: ControlAPI(
                ControlServices(
                    worlds: worlds,
                    library: configuration.scenarios,
                    sources: plan.sources.compactMap { $0 as? CassetteAnswerSource },
                    redactor: redactor,
                    metrics: metrics,
                    status: status
                ),
                guardian: ControlGuard(host: configuration.host),
                logger: logger
            ),
            logger: logger,
            log: log
        )
    }

    private static func playback(_ configuration: ServerConfiguration) throws(ServerError) -> PlaybackConfiguration {
        var playback = configuration.playback
        guard let files = configuration.tls else { return playback }
        do throws(TLSFileError) {
            try playback.loadTLS(certificateFile: files.certificate, keyFile: files.key)
        } catch {
            switch error {
            case .noCertificate:
                throw .unusableCertificates(
                    file: files.certificate,
                    reason: reason(files.certificate, holding: "certificate")
                )
            case .noKey:
                throw .unusableKey(file: files.key, reason: reason(files.key, holding: "private key"))
            case .otherKey:
                throw .unusableKey(file: files.key, reason: "it is not the key of \(files.certificate)")
            }
        }
        return playback
    }

    /// Why nothing was found in a PEM file.
    private static func reason(_ file: String, holding kind: String) -> String {
        guard FileManager.default.fileExists(atPath: file) else { return "there is no such file" }
        guard FileManager.default.isReadableFile(atPath: file) else { return "it may not be read" }
        return "it holds no \(kind) that can be used"
    }

    /// How many recordings can be played.
    package var recordingCount: Int { status.recordingCount }

    /// Runs until told to stop, then lets streams finish within the drain limit.
    ///
    /// - Parameters:
    ///   - companions: what runs beside the server once it is bound; when one of them ends, the server stops.
    ///   - stopsOnSignals: whether SIGINT and SIGTERM tell it to stop.
    ///   - onReady: called once the port is bound.
    /// - Returns: what it did.
    /// - Throws: ``ServerError`` when the port cannot be bound.
    package func run(
        companions: [Companion] = [],
        stopsOnSignals: Bool = true,
        onReady: @escaping @Sendable (Binding) async -> Void
    ) async throws -> Summary {
        let companionServices = companions.map(CompanionService.init)
        let channel = PlaybackChannel(configuration: playback, responder: responder)
        let server = channel.server(
            configuration: HummingbirdCore.ServerConfiguration(
                address: .hostname(configuration.host, port: configuration.port),
                backlog: 1024
            ),
            onServerRunning: { [configuration, status, playback] listener in
                let binding = Binding(
                    host: configuration.host,
                    port: listener.localAddress?.port ?? configuration.port,
                    isTLS: playback.tls != nil
                )
                status.baseURL = binding.baseURL
                await onReady(binding)
                for service in companionServices { service.start(binding) }
            },
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
            logger: quietLogger
        )
        // Each with a name: without, a service is described with all that it holds, which takes milliseconds.
        var services: [ServiceGroupConfiguration.ServiceConfiguration] = []
        if let log { services.append(.init(service: log, serviceName: "request log")) }
        if let recording { services.append(.init(service: recording, serviceName: "recorder")) }
        if let state { services.append(.init(service: state, serviceName: "state file")) }
        if let scenarios { services.append(.init(service: scenarios, serviceName: "scenario files")) }
        let worlds = responder.worlds
        let callbacks = CallbackService(worlds: { worlds.all.map(\.world) }, logger: logger)
        services.append(.init(service: callbacks, serviceName: "callbacks"))
        services.append(.init(service: JournalService(worlds: worlds), serviceName: "journal"))
        services.append(.init(service: server, serviceName: "server"))
        services += companionServices.map {
            .init(service: $0, successTerminationBehavior: .gracefullyShutdownGroup, serviceName: "companion")
        }
        var group = ServiceGroupConfiguration(
            services: services,
            gracefulShutdownSignals: stopsOnSignals ? [.sigint, .sigterm] : [],
            logger: quietLogger
        )
        group.maximumGracefulShutdownDuration = configuration.drainLimit
        do {
            try await ServiceGroup(configuration: group).run()
        } catch {
            throw ServerError(binding: error, host: configuration.host, port: configuration.port) ?? error
        }
        return Summary(
            answers: metrics.answerCount,
            misses: metrics.missCount,
            recorded: recording?.recordingCount ?? 0,
            lost: recording?.recorder.lostCount ?? 0,
            unusedRecordings: responder.unusedRecordings,
            unusedRules: responder.unusedRules(of: configuration.scenarios),
            unlogged: log?.droppedCount ?? 0
        )
    }

    /// Frameworks tell us only what is wrong.
    private var quietLogger: Logger {
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .warning)
        return quiet
    }
}

extension ServerError {
    /// Nil for errors that are not about binding the port.
    fileprivate init?(binding error: any Error, host: String, port: Int) {
        switch error {
        case let error as IOError where error.errnoCode == EADDRINUSE:
            self = .addressInUse(host: host, port: port)
        case let error as IOError where error.errnoCode == EADDRNOTAVAIL || error.errnoCode == EACCES:
            self = .addressUnavailable(host: host, port: port, reason: "\(error)")
        case is SocketAddressError, is SocketAddressError.UnknownHost:
            self = .addressUnavailable(host: host, port: port, reason: "the host has no address")
        default:
            return nil
        }
    }
}

extension ServerConfiguration.Mode {
    fileprivate var name: String {
        switch self {
        case .serve: "serve"
        case .replay: "replay"
        case .record: "record"
        }
    }
}

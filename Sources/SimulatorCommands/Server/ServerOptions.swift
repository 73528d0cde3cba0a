internal import ArgumentParser
internal import Cassettes
internal import NIOCore
internal import Playback
internal import Simulation
internal import SimulatorServer
internal import Tapes

/// The options that all commands with a server share.
struct ServerOptions: ParsableArguments {
    @OptionGroup var configurationFile: ConfigurationOptions

    @Option(help: ArgumentHelp("Address to listen on. (default: 127.0.0.1)", valueName: "address"))
    var host: String?

    @Option(help: ArgumentHelp("Port to listen on; 0 for any free one. (default: 6464)", valueName: "number"))
    var port: Int?

    @Option(
        help: ArgumentHelp("File to write the ready line to, atomically, once the port is bound.", valueName: "file"),
        completion: .file()
    )
    var readyFile: String?

    @Option(help: ArgumentHelp("Seed of everything that is made up. (default: 0)", valueName: "number"))
    var seed: UInt64?

    @Option(
        help: ArgumentHelp(
            "File that keeps accounts, keys, ledgers and resources from one run to the next. (default: memory)",
            valueName: "file"
        ),
        completion: .file()
    )
    var state: String?

    @Option(
        help: ArgumentHelp(
            "How gaps are played: instant, recorded, 2x, max:200ms. (default: instant)",
            valueName: "timing"
        ),
        completion: .timings
    )
    var timing: Timing?

    @Option(help: ArgumentHelp("open: any key is good; strict: only known keys are. (default: open)"))
    var auth: SimulationSettings.Authentication?

    @Option(help: ArgumentHelp("A key that --auth strict knows; repeatable.", valueName: "sk-or-v1-…"))
    var key: [String] = []

    @Option(help: ArgumentHelp("A key for management operations only; repeatable.", valueName: "sk-or-v1-…"))
    var managementKey: [String] = []

    @Option(help: "Limits of requests to free models: on or off. (default: on)")
    var freeLimits: Switch?

    @Option(help: ArgumentHelp("Where answers have changed: current, or legacy as in 2025. (default: current)"))
    var era: SimulationSettings.Era?

    @Option(help: ArgumentHelp("system, or fixed: and an RFC 3339 time. (default: system)", valueName: "clock"))
    var clock: ClockArgument?

    @Option(help: ArgumentHelp("Keep-alive comments before the first event of a simulated stream. (default: 0)"))
    var keepAlive: Int?

    @Option(
        help: ArgumentHelp(
            "Where a simulated chat stream has its usage: repeated-finish or empty-choices. (default: repeated-finish)"
        )
    )
    var streamUsage: StreamForms.Usage?

    @Option(
        help: ArgumentHelp(
            "When a simulated stream of /responses ends reasoning: after-answer or before-answer. (default: after-answer)"
        )
    )
    var reasoningEnd: StreamForms.ReasoningEnd?

    @Option(help: "Whether a simulated stream of /messages ends with [DONE]: on or off. (default: off)")
    var messagesDone: Switch?

    @Option(help: ArgumentHelp("After the last recording of a request: repeat, fail or cycle. (default: repeat)"))
    var exhausted: CassetteAnswerSource.Exhausted?

    @Flag(help: "Also replay recordings that end where a client left or the recorder died.")
    var includeIncomplete = false

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var redaction: RedactionOptions

    @Option(help: ArgumentHelp("Largest request body. (default: 104MiB)", valueName: "size"))
    var bodyLimit: ByteCountArgument?

    @Option(help: ArgumentHelp("Time for a request's head to arrive. (default: 15s)", valueName: "duration"))
    var headTimeout: DurationArgument?

    @Option(help: ArgumentHelp("Time a connection may be idle. (default: 90s)", valueName: "duration"))
    var idleTimeout: DurationArgument?

    @Option(help: ArgumentHelp("Time streams may finish in when stopped. (default: 5s)", valueName: "duration"))
    var drainLimit: DurationArgument?

    @Option(
        help: ArgumentHelp("PEM file of the listener's certificate chain; needs --tls-key.", valueName: "file"),
        completion: .certificates
    )
    var tlsCert: String?

    @Option(
        help: ArgumentHelp("PEM file of the listener's private key; needs --tls-cert.", valueName: "file"),
        completion: .certificates
    )
    var tlsKey: String?

    @Option(help: "Whether HTTP/2 is spoken with clients that ask for it: on or off. (default: on)")
    var http2: Switch?

    @OptionGroup var logging: LogOptions

    @Flag(help: "Stop when the parent process ends.")
    var parentWatch = false
}

extension ServerOptions {
    /// - Parameters:
    ///   - mode: what the command has the server do.
    ///   - defaultPort: where nothing names one.
    /// - Returns: what the command line says, with defaults for the rest.
    /// - Throws: `ValidationError` naming the option.
    func configuration(_ mode: ServerConfiguration.Mode, defaultPort: Int = 6464) throws -> ServerConfiguration {
        var configuration = ServerConfiguration()
        configuration.mode = mode
        configuration.host = host ?? configuration.host
        configuration.port = port ?? defaultPort
        guard (0...65535).contains(configuration.port) else {
            throw ValidationError("The value '\(configuration.port)' is invalid for '--port'. Expected 0 to 65535.")
        }
        configuration.seed = seed ?? 0
        configuration.stateFile = state
        configuration.timing = timing ?? .instant
        configuration.simulation.authentication = auth ?? .open
        for key in key { configuration.simulation.knownKeys[key] = .inference }
        for key in managementKey { configuration.simulation.knownKeys[key] = .management }
        configuration.simulation.limitsFreeRequests = (freeLimits ?? .on) == .on
        configuration.simulation.era = era ?? .current
        configuration.clock = clock?.clock ?? .system
        configuration.simulation.keepAliveCount = keepAlive ?? 0
        guard (0...10_000).contains(configuration.simulation.keepAliveCount) else {
            throw ValidationError("The value of '--keep-alive' is invalid. Expected 0 to 10000 comments.")
        }
        try read(into: &configuration.simulation.streamForms)
        configuration.exhausted = exhausted ?? .repeat
        configuration.includesIncomplete = includeIncomplete
        configuration.redaction = try redaction.rules()
        if let limit = bodyLimit {
            configuration.playback.bodyByteLimit = limit.byteCount
        }
        if let timeout = headTimeout {
            configuration.playback.headTimeout = .nanoseconds(timeout.duration.nanoseconds)
        }
        if let timeout = idleTimeout {
            configuration.playback.idleTimeout = .nanoseconds(timeout.duration.nanoseconds)
        }
        configuration.drainLimit = drainLimit?.duration ?? configuration.drainLimit
        configuration.tls = try tlsFiles()
        configuration.playback.offersHTTP2 = (http2 ?? .on) == .on
        configuration.catalog = try catalog.file().catalog
        configuration.logRequest = logging.requestWriter()
        return configuration
    }

    private func read(into forms: inout StreamForms) throws {
        forms.usage = streamUsage ?? forms.usage
        forms.reasoningEnd = reasoningEnd ?? forms.reasoningEnd
        forms.messagesEndWithDone = (messagesDone ?? .off) == .on
    }

    private func tlsFiles() throws -> TLSFiles? {
        switch (tlsCert, tlsKey) {
        case (nil, nil): return nil
        case (let certificate?, let key?): return TLSFiles(certificate: certificate, key: key)
        case (_, nil): throw ValidationError("Missing '--tls-key': '--tls-cert' needs the key of the certificate.")
        case (nil, _): throw ValidationError("Missing '--tls-cert': '--tls-key' needs the certificate of the key.")
        }
    }
}

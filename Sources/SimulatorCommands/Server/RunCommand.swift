internal import ArgumentParser
internal import ChildProcesses
internal import Recording
internal import Simulation
internal import SimulatorServer
internal import Synchronization

/// The command `run [options] -- COMMAND…`.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Start a server on a free port, run a command against it, stop.",
        discussion: """
            The command finds the server in OPENROUTER_BASE_URL, OPENROUTER_API_KEY, OPENAI_BASE_URL, OPENAI_API_KEY, \
            ANTHROPIC_BASE_URL and ANTHROPIC_API_KEY. The exit status is the command's, or 1 when it is 0 but there \
            were misses. Example:
              openrouter-sim run --cassette session.cassette -- pytest -q
            """
    )

    /// What the command's clients sign in with; has the form of a real key and opens an account of its own.
    private static let key = "sk-or-v1-" + String(repeating: "0123456789abcdef", count: 4)

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Cassettes to answer from; without any the simulation answers.", valueName: "file"),
        completion: .cassettes
    )
    var cassette: [String] = []

    @Option(
        help: """
            What answers when no recording does: synthesize, fail or forward. (default: fail with --cassette, else \
            synthesize)
            """
    )
    var onMiss: ServerConfiguration.ServeMiss?

    @OptionGroup var scenario: ScenarioOptions
    @OptionGroup var upstream: UpstreamOptions
    @OptionGroup var options: ServerOptions

    @Argument(parsing: .postTerminator, help: ArgumentHelp("The command and its arguments.", valueName: "command"))
    var command: [String] = []

    func validate() throws {
        guard !command.isEmpty else {
            throw ValidationError("Missing the command to run. Example: openrouter-sim run -- python test.py")
        }
    }

    func run() async throws {
        try await ChildCommand(command, environment: [:]).check()
        let onMiss = onMiss ?? (cassette.isEmpty ? .synthesize : .fail)
        var configuration = try options.configuration(.serve(onMiss: onMiss), defaultPort: 0)
        configuration.cassettes = try SourcePaths.cassettes(at: cassette)
        scenario.apply(to: &configuration)
        if onMiss == .forward { configuration.upstream = try upstream.configuration() }
        configuration.simulation.knownKeys[Self.key] =
            configuration.simulation.authentication == .open ? .open : .inference

        let child = RunningChild(command)
        let companion = Companion {
            try await child.run(against: $0, key: Self.key)
        } stop: {
            child.terminate()
        }
        let run = ServerRun(options: options, configuration: configuration, mode: "run")
        let summary = try await run.run(companions: [companion], announces: false)
        let status = child.ending?.shellStatus ?? 1
        guard status == 0 else { throw ExitStatus(code: status) }
        guard summary.misses == 0 else { throw ExitStatus.findings }
    }
}

/// The command while it runs, and how it ended.
private final class RunningChild: Sendable {
    private let command: [String]
    private let child = Mutex<ChildCommand?>(nil)
    private let ended = Mutex<ChildCommand.Ending?>(nil)

    init(_ command: [String]) {
        self.command = command
    }

    var ending: ChildCommand.Ending? { ended.withLock { $0 } }

    func run(against server: ServerApplication.Binding, key: String) async throws(ChildCommandError) {
        let started = ChildCommand(
            command,
            environment: [
                "OPENROUTER_BASE_URL": server.baseURL,
                "OPENROUTER_API_KEY": key,
                "OPENAI_BASE_URL": server.baseURL,
                "OPENAI_API_KEY": key,
                // The Anthropic SDK appends /v1/messages itself.
                "ANTHROPIC_BASE_URL": server.origin + "/api",
                "ANTHROPIC_API_KEY": key,
            ]
        )
        child.withLock { $0 = started }
        let ending = try await started.run()
        ended.withLock { $0 = ending }
    }

    func terminate() {
        child.withLock { $0 }?.terminate()
    }
}

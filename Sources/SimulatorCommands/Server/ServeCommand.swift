internal import ArgumentParser
internal import Recording
internal import SimulatorServer

/// The command `serve [PATH…]`.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Fake OpenRouter: scenarios and cassettes found in PATHs, simulated answers for the rest.",
        discussion: """
            Examples:
              openrouter-sim serve --port 0 cassettes/ scenarios/
              openrouter-sim serve --scenario rate-limited-then-ok
            """
    )

    @Argument(
        help: ArgumentHelp("Cassettes, scenarios (*.yaml), or folders with them.", valueName: "path"),
        completion: .file(extensions: ["cassette", "yaml", "yml"])
    )
    var paths: [String] = []

    @Option(help: "What answers when no recording does: synthesize, fail or forward. (default: synthesize)")
    var onMiss: ServerConfiguration.ServeMiss?

    @OptionGroup var scenario: ScenarioOptions
    @OptionGroup var upstream: UpstreamOptions
    @OptionGroup var options: ServerOptions

    func run() async throws {
        let onMiss = onMiss ?? .synthesize
        var configuration = try options.configuration(.serve(onMiss: onMiss))
        let sources = try SourcePaths(paths)
        configuration.cassettes = sources.cassettes
        configuration.scenarioPaths = sources.scenarios
        scenario.apply(to: &configuration)
        if onMiss == .forward { configuration.upstream = try upstream.configuration() }
        _ = try await ServerRun(options: options, configuration: configuration, mode: "serve").run()
    }
}

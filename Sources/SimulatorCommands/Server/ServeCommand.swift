internal import ArgumentParser
internal import Recording
internal import SimulatorServer

/// The command `serve [PATH…]`.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Fake OpenRouter: cassettes found in PATHs, simulated answers for the rest.",
        discussion: """
            Example:
              openrouter-sim serve --port 0 cassettes/
            """
    )

    @Argument(help: ArgumentHelp("Cassettes, or folders with *.cassette files.", valueName: "path"))
    var paths: [String] = []

    @Option(help: "What answers when no recording does: synthesize, fail or forward. (default: synthesize)")
    var onMiss: ServerConfiguration.ServeMiss?

    @OptionGroup var upstream: UpstreamOptions
    @OptionGroup var options: ServerOptions

    func run() async throws {
        let onMiss = try Setting.value(onMiss, "on-miss", default: .synthesize)
        var configuration = try options.configuration(.serve(onMiss: onMiss))
        configuration.cassettes = try CassettePaths.files(at: paths)
        if onMiss == .forward { configuration.upstream = try upstream.configuration() }
        _ = try await ServerRun(options: options, configuration: configuration, mode: "serve").run()
    }
}

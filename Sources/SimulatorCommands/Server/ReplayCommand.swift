internal import ArgumentParser
internal import SimulatorServer

/// The command `replay --cassette FILE…`.
struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Answer from recordings only; a miss is an error that explains itself.",
        discussion: """
            Nothing goes over the network. Example:
              openrouter-sim replay --cassette session.cassette --timing recorded
            """
    )

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Cassettes, or folders with *.cassette files.", valueName: "file"),
        completion: .cassettes
    )
    var cassette: [String]

    @OptionGroup var options: ServerOptions

    func run() async throws {
        var configuration = try options.configuration(.replay)
        configuration.cassettes = try SourcePaths.cassettes(at: cassette)
        _ = try await ServerRun(options: options, configuration: configuration, mode: "replay").run()
    }
}

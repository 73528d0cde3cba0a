internal import ArgumentParser
internal import SimulatorServer

/// The command `record --cassette FILE`.
struct RecordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "record",
        abstract: "Forward to the real API and record what passes.",
        discussion: """
            The caller's key goes upstream and never to disk. Exit status 1 when an answer could not be recorded. \
            Example:
              openrouter-sim record --cassette session.cassette
            """
    )

    @Option(
        help: ArgumentHelp(
            "File to record into, or a folder (ends with a slash) for texts; made when missing.",
            valueName: "file"
        ),
        completion: .cassettes
    )
    var cassette: String

    @Option(
        help: ArgumentHelp(
            """
            once: into a new cassette only; new-episodes: serve what is recorded, append the rest; all: record \
            everything anew. (default: new-episodes)
            """
        )
    )
    var recordMode: ServerConfiguration.RecordMode?

    @Flag(
        help: "Allow recording on an address that others can reach: they would use the keys of your clients' account."
    )
    var allowRemoteRecording = false

    @OptionGroup var matching: MatchingOptions
    @OptionGroup var upstream: UpstreamOptions
    @OptionGroup var options: ServerOptions

    func run() async throws {
        let recordMode = recordMode ?? .newEpisodes
        var configuration = try options.configuration(.record(file: cassette, mode: recordMode))
        configuration.matchingRules = try matching.rules()
        guard configuration.isLoopback || allowRemoteRecording else {
            throw ValidationError(
                "Recording on \(configuration.host) lets others record through this machine. "
                    + "Add --allow-remote-recording if you mean it."
            )
        }
        configuration.upstream = try upstream.configuration()
        let run = ServerRun(options: options, configuration: configuration, mode: "record")
        guard try await run.run().lost == 0 else { throw ExitStatus.findings }
    }
}

internal import ArgumentParser
internal import Cassettes
internal import OpenRouterAPI

extension CassetteMerge.Preference: ExpressibleByArgument {}

/// The command `cassette merge A B… OUT`.
struct CassetteMergeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: "Make one cassette of several.",
        discussion: """
            The same files in the same order give the same recordings in the same order. Where cassettes have \
            different answers to a request, all are kept, to be replayed in sequence, unless --prefer says whose \
            count. Example:
              openrouter-sim cassette merge main.cassette branch.cassette merged.cassette
            """
    )

    @Argument(help: ArgumentHelp("Two cassettes or more, then the new one.", valueName: "file"))
    var files: [String]

    @Option(help: "first or last: whose answers stay where they differ. (default: all)")
    var prefer: CassetteMerge.Preference?

    @Flag(help: "Print JSON for machines.")
    var json = false

    func validate() throws {
        guard files.count >= 3 else {
            throw ValidationError("Expected two cassettes or more, and the file to make of them.")
        }
    }

    func run() async throws {
        let sources = Array(files.dropLast())
        let cassettes = try sources.map { try Cassette(path: $0) }
        let merge = try CassetteMerge(cassettes, preference: prefer)
        let bar = ProgressBar()
        try await CassetteCopy.make(at: files[files.count - 1], metadata: CassetteMerge.metadata(of: cassettes)) {
            try await merge.write(cassettes, to: $0) { bar.show("merging", $0, of: $1) }
        }
        bar.clear()
        Console.print(json ? merge.json(names: sources).text : merge.text(names: sources, preference: prefer))
    }
}

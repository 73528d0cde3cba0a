internal import ArgumentParser
internal import Cassettes
internal import OpenRouterAPI

/// The command `cassette diff A B`.
struct CassetteDiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract:
            "Compare two cassettes: by request, then by answer, in shape or in values; exit status 1 on differences.",
        discussion: """
            Times and chunks do not count. Example:
              openrouter-sim cassette diff before.cassette after.cassette
            """
    )

    @Argument(help: ArgumentHelp("The cassette that things were changed from.", valueName: "a"))
    var first: String

    @Argument(help: ArgumentHelp("The cassette that they were changed to.", valueName: "b"))
    var second: String

    @Flag(help: "Print JSON for machines.")
    var json = false

    func run() throws {
        let comparison = try CassetteComparison(try Cassette(path: first), try Cassette(path: second))
        Console.print(json ? comparison.json.text : comparison.text)
        guard comparison.differences.isEmpty else { throw ExitStatus.findings }
    }
}

internal import ArgumentParser
internal import Cassettes
internal import OpenRouterAPI

/// The command `cassette ls FILE`.
struct CassetteListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ls",
        abstract: "List the recordings of a cassette, a line each.",
        discussion: """
            Example:
              openrouter-sim cassette ls session.cassette
            """
    )

    @OptionGroup var options: CassetteReportOptions

    func run() throws {
        let summaries = try options.open().summaries()
        options.print(.array(summaries.map(\.json)), CassetteSummary.text(summaries))
    }
}

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
              openrouter-sim cassette ls session.cassette --after 5000 --limit 100
            """
    )

    /// What a terminal keeps of its past.
    private static let terminalLimit = 1_000

    @OptionGroup var options: CassetteReportOptions

    @OptionGroup var pages: CassettePageOptions

    func run() throws {
        let cassette = try options.open()
        var output = ListOutput(isJSON: options.json)
        var widths: [Int] = []
        try pages.forEachPage(of: cassette, command: "ls", terminalLimit: Self.terminalLimit) { after, limit in
            try cassette.summaries(after: after, limit: limit).map { ($0.id, $0) }
        } print: { summaries in
            if options.json {
                for summary in summaries { output.add(json: summary.json, text: "") }
            } else {
                output.add(json: .null, text: CassetteSummary.text(summaries, widths: &widths))
            }
        }
        if !options.json, widths.isEmpty { output.add(json: .null, text: CassetteSummary.text([], widths: &widths)) }
        output.finish()
    }
}

internal import ArgumentParser
internal import Cassettes

/// The command `cassette stats FILE`.
struct CassetteStatsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stats",
        abstract: "Count what a cassette holds.",
        discussion: """
            Example:
              openrouter-sim cassette stats session.cassette
            """
    )

    @OptionGroup var options: CassetteReportOptions

    func run() throws {
        let statistics = try options.open().statistics()
        options.print(statistics.json, statistics.text(now: WallClock.microseconds))
    }
}

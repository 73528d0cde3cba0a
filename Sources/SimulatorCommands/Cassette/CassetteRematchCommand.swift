internal import ArgumentParser
internal import Cassettes

/// The command `cassette rematch FILE`.
struct CassetteRematchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rematch",
        abstract: "Give the requests of a cassette other rules for matching; the recordings stay as they are.",
        discussion: """
            Options are added to the rules that the cassette has. Example:
              openrouter-sim cassette rematch session.cassette --ignore '/messages/*/tool_call_id'
            """
    )

    @OptionGroup var options: CassetteReportOptions
    @OptionGroup var matching: MatchingOptions

    @Flag(help: "Drop the rules that the cassette has.")
    var clear = false

    func run() throws {
        let added = try matching.rules() ?? .none
        let result = try CassetteRematch(of: options.file) { clear ? added : $0.adding(added) }
        options.print(result.json, result.text)
    }
}

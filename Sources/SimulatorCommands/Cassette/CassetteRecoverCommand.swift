internal import ArgumentParser
internal import Cassettes

/// The command `cassette recover FILE NEW`.
struct CassetteRecoverCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recover",
        abstract: "Copy what is intact of a damaged cassette into a new one; exit status 1 when something is lost.",
        discussion: """
            The damaged file, or folder of texts, is only read. Example:
              openrouter-sim cassette recover session.cassette saved.cassette
            """
    )

    @OptionGroup var options: CassetteReportOptions

    @Argument(help: ArgumentHelp("The new cassette.", valueName: "new"))
    var output: String

    func run() throws {
        let recovery = try CassetteRecovery(of: options.file, into: output)
        options.print(recovery.json, recovery.text)
        guard recovery.isComplete else { throw ExitStatus.findings }
    }
}

internal import ArgumentParser
internal import Cassettes
internal import OpenRouterAPI

/// The command `cassette …`.
struct CassetteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cassette",
        abstract: "Look into cassettes, check and mend them, exchange them and keep them in order.",
        subcommands: [
            CassetteListCommand.self, CassetteShowCommand.self, CassetteVerifyCommand.self, CassetteStatsCommand.self,
            CassetteExplainCommand.self, CassetteRematchCommand.self, CassetteScanCommand.self,
            CassetteExportCommand.self, CassetteImportCommand.self, CassetteMergeCommand.self,
            CassettePruneCommand.self, CassetteDiffCommand.self, CassetteRecoverCommand.self,
            CassetteGitSetupCommand.self, CassetteGitTextCommand.self, CassetteGitMergeCommand.self,
        ]
    )
}

/// Which cassette, and for whom the answer is written.
struct CassetteReportOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("The cassette.", valueName: "file"))
    var file: String

    @Flag(help: "Print JSON for machines.")
    var json = false

    func open() throws(CassetteError) -> Cassette {
        try Cassette(path: file)
    }

    func print(_ json: JSON, _ text: String) {
        Console.print(self.json ? json.text : text)
    }
}

internal import ArgumentParser
internal import Cassettes
internal import OpenRouterAPI

/// The command `cassette …`.
struct CassetteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cassette",
        abstract: "Look into cassettes, check them and mend them.",
        subcommands: [
            CassetteListCommand.self, CassetteShowCommand.self, CassetteVerifyCommand.self, CassetteStatsCommand.self,
            CassetteExplainCommand.self, CassetteRematchCommand.self, CassetteRecoverCommand.self,
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

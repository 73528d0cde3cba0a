internal import ArgumentParser
internal import Cassettes

/// The command `cassette verify FILE`.
struct CassetteVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check every checksum of a cassette; exit status 1 when something is damaged.",
        discussion: """
            Example:
              openrouter-sim cassette verify session.cassette
            """
    )

    @OptionGroup var options: CassetteReportOptions

    func run() throws {
        let bar = ProgressBar()
        let verification = try options.open().verify { bar.show("verifying", $0, of: $1) }
        bar.clear()
        options.print(verification.json, verification.text)
        guard verification.isIntact else { throw ExitStatus.findings }
    }
}

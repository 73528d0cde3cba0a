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
        let verification = try options.open().verify()
        options.print(verification.json, verification.text)
        guard verification.isIntact else { throw ExitStatus.findings }
    }
}

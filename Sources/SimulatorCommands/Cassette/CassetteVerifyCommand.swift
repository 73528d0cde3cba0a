internal import ArgumentParser
internal import Cassettes
internal import Foundation
internal import OpenRouterAPI

/// The command `cassette verify FILE`.
struct CassetteVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check every checksum of a cassette; exit status 1 when something is damaged.",
        discussion: """
            Example:
              openrouter-sim cassette verify session.cassette

            With --live the recorded requests are sent to the real API too, with the key in OPENROUTER_API_KEY, and \
            the shapes of its answers are held against the recordings; values do not count. Exit status 1 when \
            something that clients may rely on is gone or of another type. Example:
              openrouter-sim cassette verify session.cassette --live --max-cost 0.05
            """
    )

    @OptionGroup var options: CassetteReportOptions
    @OptionGroup var live: LiveOptions

    func validate() throws {
        try live.validateUse()
    }

    func run() async throws {
        let cassette = try options.open()
        let verification = try cassette.verify()
        guard live.live, verification.isIntact else {
            options.print(verification.json, verification.text)
            guard verification.isIntact else { throw ExitStatus.findings }
            return
        }
        let key = try LiveAPI.key(for: "--live")
        let found = try live.verification(of: cassette, key: key)
        try await live.run(found)
        var json: JSONObject = [:]
        json.append(contentsOf: verification.json.members ?? [:])
        json.append("live", found.json)
        // A hostile upstream may say the key back as the name of a member.
        Console.print((options.json ? JSON.object(json).text : found.text).replacing(key, with: "(the key)"))
        guard !found.isBreaking else { throw ExitStatus.findings }
    }
}

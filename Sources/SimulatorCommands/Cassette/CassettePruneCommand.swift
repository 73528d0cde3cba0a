internal import ArgumentParser
internal import Cassettes
internal import Foundation
internal import OpenRouterAPI

/// The command `cassette prune FILE`.
struct CassettePruneCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune",
        abstract: "Remove recordings: old ones, those of a model, those that a run did not play.",
        discussion: """
            With several conditions those go that meet all of them. Example:
              curl http://127.0.0.1:6464/_sim/journal > journal.json
              openrouter-sim cassette prune session.cassette --unused-in journal.json --dry-run
            """
    )

    @OptionGroup var options: CassetteReportOptions

    @Option(help: ArgumentHelp("Recorded before a date, or longer ago than 90d, 36h, 8w.", valueName: "age|date"))
    var olderThan: String?

    @Option(help: ArgumentHelp("Of a model; repeatable.", valueName: "model"))
    var model: [String] = []

    @Option(help: ArgumentHelp("Not played in the run with this journal; a file.", valueName: "journal.json"))
    var unusedIn: String?

    @Flag(help: "Say what would go, and change nothing.")
    var dryRun = false

    func validate() throws {
        guard olderThan != nil || !model.isEmpty || unusedIn != nil else {
            throw ValidationError("Expected what is to go: --older-than, --model or --unused-in.")
        }
    }

    func run() async throws {
        var criteria = CassettePruning.Criteria()
        criteria.models = Set(model)
        if let olderThan {
            guard let moment = CassettePruning.moment(olderThan, now: WallClock.microseconds) else {
                throw ValidationError(
                    "The value '\(olderThan)' is invalid for '--older-than'. Expected an age such as 90d or 36h, or a "
                        + "date such as 2026-09-21."
                )
            }
            criteria.recordedBefore = moment
        }
        if let unusedIn { criteria.played = try played(in: unusedIn) }
        let cassette = try options.open()
        let pruning = try CassettePruning(cassette, criteria)
        cassette.close()
        if !dryRun, !pruning.removed.isEmpty {
            let writer = try CassetteWriter(path: options.file)
            try await writer.delete(pruning.removed.map(\.id))
            try await writer.close(compacting: true)
        }
        options.print(pruning.json, pruning.text(isRehearsal: dryRun))
    }

    private func played(in path: String) throws -> Set<Int64> {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ValidationError("\(path): cannot be read. Expected the answer of GET /_sim/journal.")
        }
        let journal: JSONDocument
        do {
            journal = try JSONDocument(parsing: Array(data))
        } catch {
            throw ValidationError("\(path): \(error). Expected the answer of GET /_sim/journal.")
        }
        guard let played = CassettePruning.played(in: journal, of: options.file) else {
            throw ValidationError(
                "\(path): names no recording of \(options.file), so everything would go. Expected the journal of a "
                    + "run that played it."
            )
        }
        return played
    }
}

internal import ArgumentParser
internal import Cassettes
internal import Foundation

/// The command `cassette git-textconv FILE`: what git shows in place of a cassette (gitattributes(5), "Performing text
/// diffs of binary files").
struct CassetteGitTextCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "git-textconv",
        abstract: "Print a cassette as text, for git.",
        shouldDisplay: false
    )

    @Argument(help: ArgumentHelp("The cassette.", valueName: "file"))
    var file: String

    func run() throws {
        let cassette = try Cassette(path: file)
        for entry in try cassette.index() {
            // Without its number, which changes with what is recorded before it.
            Console.print("--- \(entry.fingerprint)\n" + (try cassette.interaction(entry.id).exportText))
        }
    }
}

/// The command `cassette git-merge ANCESTOR OURS THEIRS PATH` (gitattributes(5), "Defining a custom merge driver").
///
/// The result is left in OURS. Exit status 1 tells git of a conflict; the file is a good cassette all the same.
struct CassetteGitMergeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "git-merge",
        abstract: "Merge two cassettes with a common ancestor, for git.",
        shouldDisplay: false
    )

    @Argument var ancestor: String
    @Argument var ours: String
    @Argument var theirs: String
    /// For messages: the other three are temporary files.
    @Argument var path: String

    func run() async throws {
        let cassettes = [try Cassette(path: ours), try Cassette(path: theirs)]
        // Git gives an empty file where both branches added the cassette.
        let common = try Cassette.exists(at: ancestor) ? try Cassette(path: ancestor) : nil
        let merge = try CassetteMerge(ours: cassettes[0], theirs: cassettes[1], ancestor: common)
        try await CassetteCopy.make(at: ours, metadata: CassetteMerge.metadata(of: cassettes), replacing: true) {
            try await merge.write(cassettes, to: $0)
        }
        guard !merge.conflicts.isEmpty else { return }
        Console.printError(merge.text(names: ["\(path) (ours)", "\(path) (theirs)"], preference: nil))
        Console.printError("\(path): look at it with 'openrouter-sim cassette ls \(path)', then 'git add \(path)'")
        throw ExitStatus.findings
    }
}

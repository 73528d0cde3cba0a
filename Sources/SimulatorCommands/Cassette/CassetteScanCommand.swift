internal import ArgumentParser
internal import Cassettes
internal import OpenRouterAPI

/// The command `cassette scan PATH…`.
struct CassetteScanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scan",
        abstract: "Find secrets in cassettes and text files; exit status 1 when there are some.",
        discussion: """
            PATH is a cassette, a file of text such as the text form, HAR or YAML, or a folder of such files. Found are
            keys of known shapes, private keys, JSON web tokens, credentials in URLs and headers, values of telling
            names, and what the cassette's own rules say. --fix replaces them by placeholders; requests that change get
            new fingerprints. Exit status 0 when nothing is left, 2 when a file could not be read. Example:
              openrouter-sim cassette scan --fix tests/cassettes
            """
    )

    @Argument(help: ArgumentHelp("Files and folders.", valueName: "path"))
    var paths: [String]

    @OptionGroup var redaction: RedactionOptions

    @Flag(help: "Replace what is found by placeholders, in place.")
    var fix = false

    @Flag(help: "Print JSON for machines.")
    var json = false

    func run() async throws {
        var scan = SecretScan(rules: try redaction.rules())
        let bar = ProgressBar()
        await scan.scan(paths, isFixing: fix) { bar.show("scanning \($0)", $1, of: $2) }
        bar.clear()
        Console.print(json ? scan.json.text : scan.text)
        if !scan.unreadable.isEmpty { throw ExitStatus.unreadable }
        if !scan.remaining.isEmpty { throw ExitStatus.findings }
    }
}

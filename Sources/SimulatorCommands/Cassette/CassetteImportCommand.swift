internal import ArgumentParser
internal import Cassettes
internal import OpenRouterAPI
internal import SimulatorServer

extension ImportFormat: ExpressibleByArgument {}

/// The command `cassette import SOURCE OUT`.
struct CassetteImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Make a cassette of text: an exported folder, HAR, vcrpy's cassettes, aimock's fixtures.",
        discussion: """
            Everything is looked through for secrets as when recording, and nothing in a file is ever run. What \
            a format does not say is listed. Examples:
              openrouter-sim cassette import recordings/ session.cassette
              openrouter-sim cassette import vcr/session.yaml session.cassette
            """
    )

    @Argument(help: ArgumentHelp("A folder that export wrote, or a file.", valueName: "source"))
    var source: String

    @Argument(help: ArgumentHelp("The new cassette; a folder of texts if it ends with a slash.", valueName: "out"))
    var out: String

    @Option(help: "yaml, har, vcrpy or aimock. (default: what the file looks like)")
    var format: ImportFormat?

    @Option(help: ArgumentHelp("For fixtures that match any model: the one that is answered.", valueName: "model"))
    var model = "openai/gpt-4o-mini"

    @OptionGroup var redaction: RedactionOptions

    @Flag(help: "Print JSON for machines.")
    var json = false

    func run() async throws {
        let kept = Cassette.isTextForm(source) ? [source] : []
        let redactor = Redactor(rules: try Cassette.redactionRules(at: kept, adding: redaction.rules()))
        let bar = ProgressBar()
        let progress: WorkProgress = { bar.show("importing", $0, of: $1) }
        if Cassette.isTextForm(source) {
            let cassette = try Cassette(path: source)
            let ids = try cassette.index().map(\.id)
            try await CassetteCopy.make(at: out, metadata: cassette.metadata()) { writer in
                try await writer.append(ids, of: cassette, redactor: redactor, progress: progress)
            }
            bar.clear()
            return report(.yaml, count: ids.count, losses: [])
        }
        let defaults = ImportedRecordings.Defaults(recordedAt: WallClock.microseconds, model: model)
        let (format, recordings) = try ImportedRecordings.read(source, format: format, defaults: defaults)
        try await CassetteCopy.make(at: out) { writer in
            try await writer.append(recordings, redactor: redactor, progress: progress) {
                APIPath.canonical($0) ?? $0
            }
        }
        bar.clear()
        report(format, count: recordings.interactions.count, losses: recordings.losses)
    }

    private func report(_ format: ImportFormat, count: Int, losses: [ImportedRecordings.Loss]) {
        let object: JSON = [
            "format": .string(format.rawValue), "recordings": .integer(count),
            "lost": .array(losses.map { ["what": .string($0.what), "count": .integer($0.count)] }),
        ]
        let head = "\(out): \(count) recordings imported from \(format.rawValue)"
        let lines = losses.isEmpty ? [head] : [head + ". Not carried over:"] + losses.map { "  \($0)" }
        Console.print(json ? object.text : lines.joined(separator: "\n"))
    }
}

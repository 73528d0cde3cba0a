internal import ArgumentParser
internal import Cassettes
internal import Foundation
internal import OpenRouterAPI

/// The command `cassette export FILE OUT --format yaml|har`.
struct CassetteExportCommand: ParsableCommand {
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case yaml, har
    }

    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write a cassette as text: a folder with a file for each recording, or an HTTP Archive.",
        discussion: """
            yaml loses nothing; into a folder of an earlier export only what changed is written. Examples:
              openrouter-sim cassette export session.cassette --format yaml recordings/
              openrouter-sim cassette export session.cassette --format har session.har
            """
    )

    @OptionGroup var options: CassetteReportOptions

    @Argument(help: ArgumentHelp("The folder, or the file of an archive.", valueName: "out"))
    var out: String

    @Option(help: "yaml or har. (default: yaml)")
    var format = Format.yaml

    func run() throws {
        let cassette = try options.open()
        let bar = ProgressBar()
        let progress: WorkProgress = { bar.show("exporting", $0, of: $1) }
        switch format {
        case .yaml:
            let counts = try cassette.exportText(to: out, progress: progress)
            bar.clear()
            options.print(
                [
                    "folder": .string(out), "written": .integer(counts.written),
                    "unchanged": .integer(counts.unchanged), "removed": .integer(counts.removed),
                ],
                "\(out): \(counts.written) files written, \(counts.unchanged) unchanged, \(counts.removed) removed"
            )
        case .har:
            let archive = try HARExporter.archive(of: cassette, version: Version.text, progress: progress)
            bar.clear()
            do {
                try Data((archive.pretty() + "\n").utf8).write(to: URL(fileURLWithPath: out), options: .atomic)
            } catch {
                throw ValidationError("\(out): cannot be written: \(error.localizedDescription)")
            }
            let count = try cassette.count()
            options.print(
                [
                    "file": .string(out), "recordings": .integer(count),
                    "lost": .array(HARExporter.losses.map { .string($0) }),
                ],
                (["\(out): \(count) recordings. Not carried over:"] + HARExporter.losses.map { "  \($0)" })
                    .joined(separator: "\n")
            )
        }
    }
}

internal import ArgumentParser
internal import Foundation
internal import Simulation

/// The command `catalog …`.
struct CatalogCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "catalog",
        abstract: "The models that are simulated: show them, or bring them up to date.",
        subcommands: [CatalogShowCommand.self, CatalogUpdateCommand.self]
    )
}

/// The option `--catalog`.
struct CatalogOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "File with the models there are, as 'catalog update' writes it. (default: the one in the binary)",
            valueName: "file"
        ),
        completion: .file(extensions: ["json"])
    )
    var catalog: String?

    /// - Throws: `CatalogFileError` for a file that is none; `ValidationError` for one that cannot be read.
    func file() throws -> CatalogFile {
        guard let catalog else { return .embedded }
        guard let data = FileManager.default.contents(atPath: catalog) else {
            throw ValidationError("\(catalog): cannot be read. Expected the file of '--catalog', see 'catalog update'.")
        }
        return try CatalogFile(parsing: Array(data), file: catalog)
    }
}

package import OpenRouterAPI

/// A catalog as a file: an object whose `models` and `providers` are rows as docs/catalog.md describes them.
package struct CatalogFile: Sendable {
    /// Rows of models.
    package internal(set) var models: [JSON]
    /// Rows of providers.
    package internal(set) var providers: [JSON]
    /// What the rows come to.
    package let catalog: Catalog

    /// The catalog in the binary.
    package static let embedded: CatalogFile = {
        do {
            return CatalogFile(
                models: try JSONDocument(parsing: PackageResources.catalog_json).root,
                providers: try JSONDocument(parsing: PackageResources.providers_json).root
            )
        } catch {
            preconditionFailure("the embedded catalog is no JSON: \(error)")
        }
    }()

    /// Reads and checks a file.
    ///
    /// - Parameters:
    ///   - bytes: all of it.
    ///   - file: its name, for messages.
    /// - Throws: ``CatalogFileError`` with the first thing that is wrong.
    package init(parsing bytes: [UInt8], file: String) throws(CatalogFileError) {
        let root: JSONValue
        do throws(JSONSyntaxError) {
            root = try JSONDocument(parsing: bytes).root
        } catch {
            throw CatalogFileError(
                file: file,
                position: error.position,
                message: "unexpected \(error.found), expected \(error.expected)"
            )
        }
        var check = CatalogRowCheck(file: file)
        let models = try check.array(root, "models")
        let providers = try check.array(root, "providers")
        try check.models(models)
        try check.providers(providers)
        self.init(models: models, providers: providers)
    }

    private init(models: JSONValue, providers: JSONValue) {
        self.models = models.elements.map { JSON($0) }
        self.providers = providers.elements.map { JSON($0) }
        catalog = Catalog(models: models, providers: providers)
    }

    /// The file's text: one row a line, so that a diff shows which row changed.
    package static func text(models: [JSON], providers: [JSON]) -> String {
        let rows = { (rows: [JSON]) in "[\n" + rows.map(\.text).joined(separator: ",\n") + "\n]" }
        return "{\"models\": \(rows(models)),\n\"providers\": \(rows(providers))}\n"
    }
}

/// What is wrong in a catalog, and where.
package struct CatalogFileError: Error, Hashable, CustomStringConvertible {
    package var file: String
    package var position: JSONPosition
    package var message: String

    package var description: String { "\(file):\(position.line):\(position.column): \(message)" }
}

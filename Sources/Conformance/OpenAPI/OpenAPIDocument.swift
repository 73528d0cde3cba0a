internal import OpenRouterAPI
package import YAMLDocuments

/// An OpenAPI 3.1 document: its operations and their schemas.
package struct OpenAPIDocument: Sendable {
    package let source: YAMLDocument
    /// `info.title` and `info.version`, for reports.
    package let title: String
    /// In the order of the document.
    package let operations: [OpenAPIOperation]
    package let schemas: SchemaLibrary

    /// - Throws: ``YAMLDocumentError`` at what is missing or cannot be read.
    package init(_ source: YAMLDocument) throws(YAMLDocumentError) {
        self.source = source
        let root = source.json.root
        guard let version = root["openapi"]?.string, version.hasPrefix("3.") else {
            let found = root["openapi"]?.excerpt ?? "missing"
            throw source.error(
                at: JSONPointer(components: ["openapi"]),
                "'openapi' is \(found); expected a document of OpenAPI 3.1 with \"openapi: 3.1.0\""
            )
        }
        title = [root["info"]?["title"]?.string, root["info"]?["version"]?.string].compactMap(\.self)
            .joined(separator: " ")
        var reader = OpenAPIReader(source)
        operations = try reader.operations()
        schemas = reader.schemas
    }

    /// Parses a document.
    ///
    /// - Parameters:
    ///   - bytes: YAML or JSON.
    ///   - file: what errors call it.
    /// - Throws: ``YAMLDocumentError`` at what cannot be read.
    package init(parsing bytes: [UInt8], file: String) throws(YAMLDocumentError) {
        try self.init(try YAMLDocument(parsing: bytes, file: file))
    }

    /// The operation of a name such as `POST /chat/completions`, or nil.
    func operation(named name: String) -> OpenAPIOperation? {
        operations.first { $0.name == name }
    }
}

package import OpenRouterAPI
package import YAMLDocuments

extension YAMLDocumentError {
    /// For machines that show it at its place.
    package var json: JSON {
        [
            "file": .string(file), "line": .integer(position.line), "column": .integer(position.column),
            "message": .string(message),
        ]
    }
}

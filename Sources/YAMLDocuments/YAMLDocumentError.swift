package import OpenRouterAPI

/// What is wrong in a file that somebody wrote, and where.
package struct YAMLDocumentError: Error, Hashable, CustomStringConvertible {
    /// The file as the user named it.
    package var file: String
    package var position: JSONPosition
    /// What is wrong, and what was expected instead.
    package var message: String

    package init(file: String, position: JSONPosition, message: String) {
        self.file = file
        self.position = position
        self.message = message
    }

    /// For example `spec.yaml:12:7: did not find expected key while parsing a block mapping`.
    package var description: String {
        "\(file):\(position.line):\(position.column): \(message)"
    }
}

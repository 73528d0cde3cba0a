package import OpenRouterAPI

/// A YAML or JSON file, parsed once, that knows where everything stands.
///
/// YAML is read after its 1.2 core schema. JSON, which is YAML too, is read by our own parser, because libyaml does not
/// know the surrogate pairs of JSON's escapes.
package struct YAMLDocument: Sendable {
    /// The file as the user named it, for messages.
    package let file: String

    /// The one document of the file; null for an empty file.
    package let root: YAMLNode

    /// The same as JSON.
    package let json: JSONDocument

    /// - Parameters:
    ///   - bytes: the whole file in UTF-8.
    ///   - file: what messages call it. A name that ends with `.json` is read as JSON and nothing else.
    ///   - allowsBinary: whether scalars may have the tag `!!binary`, see ``YAMLScalar/isBinary``; no other tag beyond
    ///     the core schema is ever read.
    /// - Throws: ``YAMLDocumentError`` at the first place that cannot be read.
    package init(
        parsing bytes: [UInt8],
        file: String,
        allowsBinary: Bool = false
    ) throws(YAMLDocumentError) {
        self.file = file
        if let parsed = try Self.json(bytes, file: file) {
            json = parsed
            root = YAMLNode(parsed)
            return
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw YAMLDocumentError(
                file: file,
                position: JSONPosition(line: Self.lineOfInvalidText(in: bytes), column: 1),
                message: "this line is no UTF-8; expected a text file"
            )
        }
        root = try YAMLComposer.root(of: text, file: file, allowsBinary: allowsBinary)
        do {
            json = try JSONDocument(parsing: root.json.serialized())
        } catch {
            throw YAMLDocumentError(file: file, position: root.position, message: "as JSON, \(error)")
        }
    }

    /// An error about the value at a pointer, or about the nearest one around it that exists.
    package func error(at pointer: JSONPointer, _ message: String) -> YAMLDocumentError {
        YAMLDocumentError(file: file, position: position(of: pointer), message: message)
    }

    /// Where the value at a pointer starts, or else the nearest one around it that exists.
    package func position(of pointer: JSONPointer) -> JSONPosition {
        var pointer = pointer
        while !pointer.components.isEmpty {
            if let node = root.at(pointer) { return node.position }
            pointer.components.removeLast()
        }
        return root.position
    }
}

extension YAMLDocument {
    /// Nil when the file is to be read as YAML.
    private static func json(_ bytes: [UInt8], file: String) throws(YAMLDocumentError) -> JSONDocument? {
        let isNamedJSON = file.lowercased().hasSuffix(".json")
        let first = bytes.first { $0 > UInt8(ascii: " ") }
        guard isNamedJSON || first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else { return nil }
        do {
            return try JSONDocument(parsing: bytes)
        } catch {
            // Braces may also begin a YAML file in flow style.
            guard isNamedJSON else { return nil }
            throw YAMLDocumentError(
                file: file,
                position: error.position,
                message: "unexpected \(error.found), expected \(error.expected)"
            )
        }
    }

    private static func lineOfInvalidText(in bytes: [UInt8]) -> Int {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let index = lines.firstIndex { String(validating: $0, as: UTF8.self) == nil }
        return (index ?? 0) + 1
    }
}

internal import OpenRouterAPI
internal import YAMLDocuments

/// A file of the text form while it is read: finds values, and says of wrong ones where they stand.
struct TextFile {
    let document: YAMLDocument
    private let lines: [Substring.UTF8View.SubSequence]

    init(parsing bytes: [UInt8], name: String, allowsBinary: Bool = false) throws(YAMLDocumentError) {
        document = try YAMLDocument(parsing: bytes, file: name, allowsBinary: allowsBinary)
        lines = Substring(String(decoding: bytes, as: UTF8.self)).utf8
            .split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    }

    func error(_ node: YAMLNode, _ message: String) -> YAMLDocumentError {
        error(node.position, message)
    }

    func error(_ position: JSONPosition, _ message: String) -> YAMLDocumentError {
        YAMLDocumentError(file: document.file, position: position, message: message)
    }

    /// Where a place in the text of a literal block stands in the file; for other scalars, where they begin.
    func position(in node: YAMLNode, of place: JSONPosition) -> JSONPosition {
        let header = node.position.line - 1
        guard lines.indices.contains(header), lines[header].last.map({ "|+-".utf8.contains($0) }) == true else {
            return node.position
        }
        let margin = lines[(header + 1)...].first { !$0.isEmpty }?.prefix { $0 == 0x20 }.count ?? 0
        return JSONPosition(line: node.position.line + place.line, column: margin + place.column)
    }
}

extension TextFile {
    /// The entries of a mapping.
    ///
    /// - Throws: ``YAMLDocumentError`` for something else, and for a key that is not among `known`.
    func entries(_ node: YAMLNode, known: [String]) throws(YAMLDocumentError) -> [YAMLNode.Entry] {
        guard case .mapping(let entries) = node.content else {
            throw error(node, "found \(node.kindInWords); expected a mapping with \(known.joined(separator: ", "))")
        }
        if let entry = entries.first(where: { !known.contains($0.key) }) {
            throw error(
                entry.keyPosition,
                "unknown key '\(entry.key)'; expected one of \(known.joined(separator: ", "))"
            )
        }
        return entries
    }

    func required(_ key: String, of node: YAMLNode) throws(YAMLDocumentError) -> YAMLNode {
        guard let value = node[key] else { throw error(node, "the key '\(key)' is missing; add it") }
        return value
    }

    /// The text of a scalar as it is written: `200` and `null` are texts as well.
    func text(_ node: YAMLNode) throws(YAMLDocumentError) -> String {
        guard let scalar = node.scalar else { throw error(node, "found \(node.kindInWords); expected a text") }
        return scalar.text
    }

    func integer(_ node: YAMLNode, in range: ClosedRange<Int>) throws(YAMLDocumentError) -> Int {
        guard case .integer(let number)? = node.scalar?.value, range.contains(number) else {
            throw error(node, "expected a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    func elements(_ node: YAMLNode) throws(YAMLDocumentError) -> [YAMLNode] {
        guard case .sequence(let elements) = node.content else {
            throw error(node, "found \(node.kindInWords); expected a list")
        }
        return elements
    }

    func choice<Choice: CaseIterable & RawRepresentable<String>>(
        _ node: YAMLNode,
        of type: Choice.Type
    ) throws(YAMLDocumentError) -> Choice {
        let text = try text(node)
        guard let choice = Choice(rawValue: text) else {
            let names = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw error(node, "found '\(text)'; expected one of \(names)")
        }
        return choice
    }
}

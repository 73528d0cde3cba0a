internal import OpenRouterAPI

extension YAMLNode {
    /// Copies a JSON document with the places of its values.
    ///
    /// Of members with equal names the last one counts, as everywhere here.
    init(_ document: JSONDocument) {
        var reader = JSONNodeReader(source: document.source)
        self = reader.node(document.root)
    }
}

/// Walks a JSON document in the order of its text, counting lines once.
private struct JSONNodeReader {
    let source: [UInt8]
    private var offset = 0
    private var line = 1
    private var column = 1

    init(source: [UInt8]) {
        self.source = source
    }

    mutating func node(_ value: JSONValue) -> YAMLNode {
        let position = position(ofByte: value.raw.startIndex)
        switch value.kind {
        case .object:
            var entries: [YAMLNode.Entry] = []
            var places: [String: Int] = [:]
            for (key, member) in value.members {
                let child = node(member)
                let entry = YAMLNode.Entry(key: key, keyPosition: child.position, value: child)
                if let place = places[key] {
                    entries[place] = entry
                } else {
                    places[key] = entries.count
                    entries.append(entry)
                }
            }
            return YAMLNode(content: .mapping(entries), position: position)
        case .array:
            var elements: [YAMLNode] = []
            for element in value.elements { elements.append(node(element)) }
            return YAMLNode(content: .sequence(elements), position: position)
        case .string, .number, .bool, .null:
            let text = value.string ?? String(decoding: value.raw, as: UTF8.self)
            return YAMLNode(content: .scalar(YAMLScalar(text: text, value: JSON(value))), position: position)
        }
    }

    /// Offsets must not decrease from call to call.
    private mutating func position(ofByte target: Int) -> JSONPosition {
        for byte in source[offset..<target] {
            if byte == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if byte & 0b1100_0000 != 0b1000_0000 {
                column += 1
            }
        }
        offset = target
        return JSONPosition(line: line, column: column)
    }
}

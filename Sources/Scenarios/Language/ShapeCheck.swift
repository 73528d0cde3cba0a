internal import OpenRouterAPI
internal import YAMLDocuments

/// Compares a file with its shape and notes everything that differs.
struct ShapeCheck {
    let file: String
    private(set) var errors: [YAMLDocumentError] = []

    init(file: String) {
        self.file = file
    }

    private mutating func fail(_ position: JSONPosition, _ message: String) {
        errors.append(YAMLDocumentError(file: file, position: position, message: message))
    }

    private mutating func failKind(_ node: YAMLNode, _ shape: ValueShape) {
        var message = "expected \(shape.words), found \(node.kindInWords)"
        if node.scalar != nil, shape.takesText { message += "; put it in quotes if it is meant as text" }
        if case .choice(let words, _) = shape { message += ". Valid: \(words.joined(separator: ", "))" }
        fail(node.position, message)
    }

    mutating func check(_ node: YAMLNode, _ shape: ValueShape) {
        guard shape.fits(node) else { return failKind(node, shape) }
        switch shape {
        case .text(let format):
            for problem in format.problems(in: node.string ?? "") { fail(node.position, problem) }
        case .integer(let range):
            guard case .integer(let value)? = node.scalar?.value, range.contains(value) else {
                return fail(node.position, "\(node.scalar?.text ?? "") is out of range; expected \(shape.words)")
            }
        case .choice(let words, let noun):
            let word = node.string ?? ""
            guard !words.contains(word) else { return }
            fail(node.position, "unknown \(noun) '\(word)'." + NearestWord.hint(word, among: words))
        case .mapping(let mapping): check(node, mapping)
        case .map(let keys, let value):
            if node.entries.isEmpty { fail(node.position, "expected at least one key, found an empty mapping") }
            for entry in node.entries {
                for problem in keys.problems(in: entry.key) { fail(entry.keyPosition, problem) }
                check(entry.value, value)
            }
        case .list(let element):
            if node.elements.isEmpty { fail(node.position, "expected at least one element, found an empty list") }
            for child in node.elements { check(child, element) }
        case .either(let shapes):
            guard let meant = shapes.first(where: { $0.fits(node) }) else { return }
            check(node, meant)
        case .scalarText, .bool, .nothing, .json, .object: break
        }
    }

    private mutating func check(_ node: YAMLNode, _ shape: MappingShape) {
        let words = shape.fields.map(\.name)
        for entry in node.entries {
            if let field = shape.fields.first(where: { $0.name == entry.key }) {
                check(entry.value, field.shape)
            } else {
                let hint = words.isEmpty ? " Valid: none" : NearestWord.hint(entry.key, among: words)
                let place = shape.keyNoun == "key" ? " in \(shape.name)" : ""
                fail(entry.keyPosition, "unknown \(shape.keyNoun) '\(entry.key)'\(place)." + hint)
            }
        }
        for field in shape.fields where field.isRequired && node[field.name] == nil {
            fail(node.position, "\(shape.name) needs '\(field.name)'; expected \(field.shape.words)")
        }
        switch shape.count {
        case .any: break
        case .oneOrMore:
            guard node.entries.isEmpty, !shape.fields.contains(where: \.isRequired) else { break }
            fail(node.position, "\(shape.name) says nothing. Valid: \(words.joined(separator: ", "))")
        case .one:
            if node.entries.isEmpty {
                fail(node.position, "\(shape.name) says nothing. Valid: \(words.joined(separator: ", "))")
            }
            for entry in node.entries.dropFirst() where words.contains(entry.key) {
                fail(
                    entry.keyPosition,
                    "\(shape.name) has one key, and '\(node.entries[0].key)' is there already; "
                        + "write '- \(entry.key):' for one more"
                )
            }
        }
    }
}

extension ValueShape {
    /// Whether a node is of the kind, whatever its value.
    func fits(_ node: YAMLNode) -> Bool {
        switch (self, node.content) {
        case (.json, _): true
        case (.either(let shapes), _): shapes.contains { $0.fits(node) }
        case (.mapping, .mapping), (.map, .mapping), (.object, .mapping), (.list, .sequence): true
        case (_, .scalar(let scalar)): fits(scalar.value)
        default: false
        }
    }

    private func fits(_ value: JSON) -> Bool {
        switch (self, value) {
        case (.text, .string), (.choice, .string), (.bool, .bool), (.integer, .integer), (.nothing, .null): true
        case (.integer, .decimal), (.integer, .number): true
        case (.scalarText, .string), (.scalarText, .bool), (.scalarText, .integer), (.scalarText, .decimal): true
        default: false
        }
    }

    /// Whether a scalar of another kind may be meant as text.
    var takesText: Bool {
        switch self {
        case .text(.plain), .text(.template), .text(.glob), .text(.state), .text(.name): true
        case .either(let shapes): shapes.contains(where: \.takesText)
        default: false
        }
    }
}

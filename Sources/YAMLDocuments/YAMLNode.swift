package import OpenRouterAPI

/// One value of a YAML or JSON file with its place there.
package struct YAMLNode: Sendable {
    package enum Content: Sendable {
        /// In the order of the file; no key occurs twice.
        case mapping([Entry])
        case sequence([YAMLNode])
        case scalar(YAMLScalar)
    }

    /// A key with its value.
    package struct Entry: Sendable {
        /// The key as it is written, without quotes: `200` is "200" and `null` is "null".
        package var key: String
        /// Where the key stands; in a JSON file, where the value does.
        package var keyPosition: JSONPosition
        package var value: YAMLNode
    }

    package var content: Content

    /// Where the value starts: for a mapping or sequence in block style, its first key or dash.
    ///
    /// What an alias stands for is where its anchor is.
    package var position: JSONPosition
}

extension YAMLNode {
    /// The value of a key, or nil if there is none or this is no mapping.
    package subscript(key: String) -> YAMLNode? {
        entries.first { $0.key == key }?.value
    }

    /// The entries of a mapping; none for anything else.
    package var entries: [Entry] {
        if case .mapping(let entries) = content { entries } else { [] }
    }

    /// The elements of a sequence; none for anything else.
    package var elements: [YAMLNode] {
        if case .sequence(let elements) = content { elements } else { [] }
    }

    /// The scalar, or nil for a mapping or sequence.
    package var scalar: YAMLScalar? {
        if case .scalar(let scalar) = content { scalar } else { nil }
    }

    /// The text of a scalar that is a string, or nil for anything else.
    package var string: String? {
        if case .string(let text)? = scalar?.value { text } else { nil }
    }

    /// The value as JSON, member order kept.
    package var json: JSON {
        switch content {
        case .mapping(let entries): .object(JSONObject(entries.map { ($0.key, $0.value.json) }))
        case .sequence(let elements): .array(elements.map(\.json))
        case .scalar(let scalar): scalar.value
        }
    }

    /// The node at a pointer from here, or nil if there is none.
    package func at(_ pointer: JSONPointer) -> YAMLNode? {
        var node = self
        for component in pointer.components {
            let child: YAMLNode? =
                switch node.content {
                case .mapping: node[component]
                case .sequence(let elements):
                    Int(component).flatMap { elements.indices.contains($0) ? elements[$0] : nil }
                case .scalar: nil
                }
            guard let child else { return nil }
            node = child
        }
        return node
    }

    /// What the node is, in words for messages, such as `a mapping` or `a string`.
    package var kindInWords: String {
        switch content {
        case .mapping: "a mapping"
        case .sequence: "a sequence"
        case .scalar(let scalar): scalar.kindInWords
        }
    }
}

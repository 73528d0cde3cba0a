extension JSONValue {
    /// The number of elements or members, duplicates included; 0 if the value is no container.
    package var count: Int {
        Int(node.count)
    }

    /// The value of a member, of the last one if the name occurs more than once; nil if there is none or the value is
    /// no object.
    ///
    /// Names are compared by their code points, as RFC 8259, section 8.3 advises, and not by canonical equivalence.
    ///
    /// - Complexity: O(*n*) in the number of members.
    package subscript(name: String) -> JSONValue? {
        guard kind == .object else { return nil }
        var name = name
        let found = name.withUTF8 { wanted in
            storage.bytes.withUnsafeBufferPointer { source in
                storage.nodes.withUnsafeBufferPointer { nodes in
                    lastMember(named: wanted, source: source, nodes: nodes)
                }
            }
        }
        return found.map { JSONValue(storage: storage, index: $0) }
    }

    /// An element, or nil if there are not so many or the value is no array.
    ///
    /// - Complexity: O(*position*); to visit all, use ``elements``.
    package subscript(position: Int) -> JSONValue? {
        guard kind == .array, position >= 0, position < count else { return nil }
        var child = index + 1
        for _ in 0..<position {
            child = Int(storage.nodes[child].next)
        }
        return JSONValue(storage: storage, index: child)
    }

    /// The elements of an array in order; none if the value is no array.
    package var elements: Elements {
        Elements(storage: storage, index: index + 1, remaining: kind == .array ? count : 0)
    }

    /// The members of an object in order, duplicates included; none if the value is no object.
    package var members: Members {
        Members(storage: storage, index: index + 1, remaining: kind == .object ? count : 0)
    }

    private func lastMember(
        named wanted: UnsafeBufferPointer<UInt8>,
        source: UnsafeBufferPointer<UInt8>,
        nodes: UnsafeBufferPointer<JSONNode>
    ) -> Int? {
        var found: Int?
        var name = index + 1
        for _ in 0..<Int(nodes[index].count) {
            let node = nodes[name]
            let contents = UnsafeBufferPointer(rebasing: source[node.contents])
            let isMatch =
                node.flags.contains(.hasEscapes)
                ? JSONEscapes.decode(contents, loneSurrogates: .kept).elementsEqual(wanted)
                : contents.count == wanted.count && contents.elementsEqual(wanted)
            if isMatch {
                found = name + 1
            }
            name = Int(nodes[name + 1].next)
        }
        return found
    }
}

extension JSONValue {
    /// The elements of an array.
    package struct Elements: Sequence, IteratorProtocol, Sendable {
        fileprivate let storage: JSONStorage
        fileprivate var index: Int
        fileprivate var remaining: Int

        package var underestimatedCount: Int {
            remaining
        }

        package mutating func next() -> JSONValue? {
            guard remaining > 0 else { return nil }
            remaining -= 1
            defer { index = Int(storage.nodes[index].next) }
            return JSONValue(storage: storage, index: index)
        }
    }

    /// The members of an object.
    package struct Members: Sequence, IteratorProtocol, Sendable {
        fileprivate let storage: JSONStorage
        fileprivate var index: Int
        fileprivate var remaining: Int

        package var underestimatedCount: Int {
            remaining
        }

        package mutating func next() -> (key: String, value: JSONValue)? {
            guard remaining > 0 else { return nil }
            remaining -= 1
            let name = index
            index = Int(storage.nodes[name + 1].next)
            return (storage.text(at: name), JSONValue(storage: storage, index: name + 1))
        }
    }
}

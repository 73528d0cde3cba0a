internal import OpenRouterAPI

/// Finds the members of a value that its schema does not name, though it may allow them.
struct UndeclaredMembers {
    let library: SchemaLibrary
    private(set) var pointers: [JSONPointer] = []

    init(_ library: SchemaLibrary) {
        self.library = library
    }

    mutating func look(at value: JSONValue, _ id: SchemaID) {
        look(at: value, [id], JSONPointer())
    }

    /// - Parameters:
    ///   - value: a part of the whole.
    ///   - ids: all schemas that apply to it.
    ///   - pointer: where it is.
    private mutating func look(at value: JSONValue, _ ids: [SchemaID], _ pointer: JSONPointer) {
        var schemas: [Schema] = []
        var seen: Set<SchemaID> = []
        for id in ids { collect(id, for: value, into: &schemas, &seen) }
        for (position, element) in value.elements.enumerated() {
            let inner = schemas.compactMap { schema in
                position < schema.prefixItems.count ? schema.prefixItems[position] : schema.items
            }
            look(at: element, inner, pointer.appending(position))
        }
        // Where no member is named, the object is a map, or anything at all.
        guard schemas.contains(where: { !$0.properties.isEmpty }) else { return }
        for (name, member) in value.members {
            let declared = schemas.compactMap { $0.properties[name] }
            if !declared.isEmpty {
                look(at: member, declared, pointer.appending(name))
            } else if !schemas.contains(where: { $0.additionalProperties.map(isConstraining) ?? false }) {
                pointers.append(pointer.appending(name))
            }
        }
    }

    /// Whether a schema for additional members says what they are; `true` and `{}` do not.
    private func isConstraining(_ id: SchemaID) -> Bool {
        let schema = library[id]
        return schema.types != nil || schema.reference != nil || schema.constants != nil
            || !(schema.allOf + schema.anyOf + schema.oneOf).isEmpty
    }

    /// The schema with all that it refers to and combines; of alternatives, those that fit.
    private func collect(
        _ id: SchemaID,
        for value: JSONValue,
        into schemas: inout [Schema],
        _ seen: inout Set<SchemaID>
    ) {
        guard seen.insert(id).inserted else { return }
        let schema = library[id]
        schemas.append(schema)
        let validator = SchemaValidator(library)
        let alternatives = (schema.anyOf + schema.oneOf).filter { validator.isValid(value, by: $0) }
        for inner in (schema.reference.map { [$0] } ?? []) + schema.allOf + alternatives {
            collect(inner, for: value, into: &schemas, &seen)
        }
    }
}

/// Which members JSON values have, and of which types, whatever their values are.
package struct JSONShape: Sendable {
    /// Something that one shape has and another one has not.
    package struct Excess: Sendable, Hashable {
        /// `*` stands for every element of an array.
        package var pointer: JSONPointer
        /// The types that the one shape has there, in the words of ``JSONValue/typeName``, but no `integer`.
        package var types: Set<String>
        /// Those that the other one has there; nil if it has no such member.
        package var otherTypes: Set<String>?
        /// Whether every object that can have the member has it.
        package var isAlways: Bool
    }

    private struct Entry {
        var types: Set<String> = []
        var count = 0
        var objectCount = 0
    }

    private var entries: [JSONPointer: Entry] = [:]
    /// The pointers in the order in which they were met.
    private var pointers: [JSONPointer] = []

    package init() {}

    /// Takes in a value with all that is in it.
    package mutating func add(_ value: JSONValue) {
        add(value, at: JSONPointer())
    }

    private mutating func add(_ value: JSONValue, at pointer: JSONPointer) {
        if entries[pointer] == nil { pointers.append(pointer) }
        // Prices and times are integers by chance.
        entries[pointer, default: Entry()].types.insert(value.typeName == "integer" ? "number" : value.typeName)
        entries[pointer]?.count += 1
        if value.kind == .object { entries[pointer]?.objectCount += 1 }
        for element in value.elements { add(element, at: pointer.appending("*")) }
        for (name, member) in value.members { add(member, at: pointer.appending(name)) }
    }

    /// What is here and not in another shape, in the order in which it was met.
    ///
    /// What lies inside something that the other one lacks, or has as an empty array, is not told again.
    package func excess(over other: JSONShape) -> [Excess] {
        pointers.compactMap { pointer in
            guard let own = entries[pointer] else { return nil }
            let others = other.entries[pointer]?.types
            let around = JSONPointer(components: Array(pointer.components.dropLast()))
            if let others {
                guard !own.types.isSubset(of: others) else { return nil }
            } else {
                guard let name = pointer.components.last, name != "*",
                    other.entries[around]?.types.contains("object") == true
                else { return nil }
            }
            let isAlways = own.count >= entries[around]?.objectCount ?? 0
            return Excess(pointer: pointer, types: own.types, otherTypes: others, isAlways: isAlways)
        }
    }
}

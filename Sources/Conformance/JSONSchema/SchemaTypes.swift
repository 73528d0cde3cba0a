internal import OpenRouterAPI

/// The types that a schema allows.
struct SchemaTypes: OptionSet, Sendable, Hashable {
    let rawValue: UInt8

    static let null = SchemaTypes(rawValue: 1)
    static let boolean = SchemaTypes(rawValue: 2)
    static let integer = SchemaTypes(rawValue: 4)
    /// Integers are numbers too.
    static let number = SchemaTypes(rawValue: 12)
    static let string = SchemaTypes(rawValue: 16)
    static let array = SchemaTypes(rawValue: 32)
    static let object = SchemaTypes(rawValue: 64)

    /// In the order in which messages name them; `number` before the `integer` it holds.
    private static let names: [(String, SchemaTypes)] = [
        ("object", .object), ("array", .array), ("string", .string), ("number", .number), ("integer", .integer),
        ("boolean", .boolean), ("null", .null),
    ]

    static let allNames = names.map(\.0)

    /// Nil for a name that JSON Schema does not have.
    init?(name: String) {
        guard let found = Self.names.first(where: { $0.0 == name }) else { return nil }
        self = found.1
    }

    init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    func allows(_ value: JSONValue) -> Bool {
        guard let type = SchemaTypes(name: value.typeName) else { return false }
        return isSuperset(of: type)
    }

    /// For example `string or null`.
    var text: String {
        var rest = self
        var found: [String] = []
        for (name, type) in Self.names where rest.isSuperset(of: type) {
            found.append(name)
            rest.subtract(type)
        }
        return found.joined(separator: " or ")
    }
}

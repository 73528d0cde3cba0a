internal import OpenRouterAPI

/// Several schemas that one value has to satisfy together.
///
/// References, `allOf` and a chosen branch of `anyOf` or `oneOf` add layers instead of being merged into one
/// schema. Each question about the value then combines the answers of the layers: the largest minimum, the union
/// of the properties, the intersection of the types.
struct SchemaLayers {
    /// The schemas that are objects.
    ///
    /// The schema `true` has nothing to say and is no layer.
    var schemas: [JSONValue] = []

    /// The references that were followed on the way to the layers.
    var references: [String] = []

    /// Whether one of the schemas is `false`.
    var isImpossible = false

    /// The values of a keyword, one for each layer that has it.
    func values(_ keyword: String) -> [JSONValue] {
        schemas.compactMap { $0[keyword] }
    }

    /// The largest of the numbers of a keyword.
    func largest(_ keyword: String) -> Int? {
        values(keyword).compactMap { $0.double.map { Int(clamping: $0) } }.max()
    }

    /// The smallest of the numbers of a keyword.
    func smallest(_ keyword: String) -> Int? {
        values(keyword).compactMap { $0.double.map { Int(clamping: $0) } }.min()
    }

    /// Whether a keyword is true in one of the layers.
    func isTrue(_ keyword: String) -> Bool {
        values(keyword).contains { $0.bool == true }
    }

    /// The types that all layers allow, in a fixed order and without integers where all numbers are allowed.
    ///
    /// Nil when no layer says anything about the type. Where only keywords hint at one, it is that one.
    var types: [SchemaType]? {
        var allowed: [SchemaType]?
        for schema in schemas {
            guard let type = schema["type"] else { continue }
            var named = (type.string.map { [$0] } ?? type.elements.compactMap(\.string))
                .compactMap { SchemaType(rawValue: $0) }
            if schema["nullable"]?.bool == true { named.append(.null) }
            allowed = (allowed ?? SchemaType.allCases).filter { candidate in
                named.contains { candidate.isKind(of: $0) }
            }
        }
        if let allowed { return allowed.contains(.number) ? allowed.filter { $0 != .integer } : allowed }
        for schema in schemas {
            for (keyword, _) in schema.members {
                if let type = SchemaType(impliedBy: keyword) { return [type] }
            }
        }
        return nil
    }

    /// Whether the types of the layers allow `value`; hints from keywords do not count.
    func allowType(of value: JSONValue) -> Bool {
        guard values("type").count > 0, let types else { return true }
        return types.contains { SchemaType(of: value).isKind(of: $0) }
    }

    /// The names of the required properties, in order and each once.
    var required: [String] {
        var names: [String] = []
        for name in values("required").flatMap({ $0.elements.compactMap(\.string) })
        where !names.contains(where: { $0.utf8.elementsEqual(name.utf8) }) {
            names.append(name)
        }
        return names
    }
}

extension Int {
    /// The nearest integer that exists, for the numbers of keywords; fractions are cut off.
    init(clamping number: Double) {
        self = number >= 0x1p62 ? 1 << 62 : number <= -0x1p62 ? -(1 << 62) : number.isNaN ? 0 : Int(number)
    }
}

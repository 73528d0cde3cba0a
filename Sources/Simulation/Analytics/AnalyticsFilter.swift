internal import OpenRouterAPI

/// A condition on a dimension of what is counted.
struct AnalyticsFilter {
    enum Operator: String, CaseIterable {
        case equal = "eq"
        case notEqual = "neq"
        case within = "in"
        case notWithin = "not_in"
        case greater = "gt"
        case greaterOrEqual = "gte"
        case less = "lt"
        case lessOrEqual = "lte"

        /// Whether its value is an array.
        var takesArray: Bool { self == .within || self == .notWithin }
    }

    let dimension: AnalyticsDimension
    let comparison: Operator
    /// One for all operators but those that take arrays.
    let values: [String]
    /// Whether what has no value of the dimension passes too; of operators with arrays only.
    let includesUnset: Bool

    static let shape = ObjectShape(
        .required("field", .choice(of: AnalyticsDimension.self)),
        .required("operator", .choice(of: Operator.self)),
        .required("value", valueShape),
        .optional("include_unset", .bool)
    )

    /// A scalar, or an array of them.
    static let valueShape = ValueShape.either([
        .string(), .number(), .array(of: .either([.string(), .number()])),
    ])

    /// - Parameters:
    ///   - filter: of the declared shape.
    ///   - path: where it stands in the body.
    /// - Throws: ``APIError`` 400 for a scalar where an array is needed, or the other way round.
    init(_ filter: JSONValue, path: String) throws(APIError) {
        let value = filter["value"]
        guard let dimension = filter["field"]?.string.flatMap(AnalyticsDimension.init(rawValue:)),
            let comparison = filter["operator"]?.string.flatMap(Operator.init(rawValue:)), let value
        else { preconditionFailure("a filter is checked before it is read") }
        try Self.check(value, fits: comparison, path: path)
        self.dimension = dimension
        self.comparison = comparison
        let values = value.kind == .array ? Array(value.elements) : [value]
        self.values = values.map { $0.string ?? $0.numberText ?? "" }
        includesUnset = comparison.takesArray && filter["include_unset"]?.bool == true
    }

    /// - Throws: ``APIError`` 400 for a scalar where an array is needed, or the other way round.
    static func check(_ value: JSONValue, fits comparison: Operator, path: String) throws(APIError) {
        guard (value.kind == .array) == comparison.takesArray else {
            throw .invalidField(
                path + ".value",
                expected: comparison.takesArray
                    ? "an array for the operator \(comparison.rawValue)"
                    : "a string or a number for the operator \(comparison.rawValue)",
                found: value.excerpt
            )
        }
    }

    /// What has no value passes only where ``includesUnset`` says so: as in SQL, it is neither equal nor unequal.
    func accepts(_ fact: AnalyticsFact) -> Bool {
        guard let found = dimension.value(of: fact) else { return includesUnset }
        switch comparison {
        case .equal, .within: return values.contains(found)
        case .notEqual, .notWithin: return !values.contains(found)
        case .greater: return Self.compare(found, values.first) > 0
        case .greaterOrEqual: return Self.compare(found, values.first) >= 0
        case .less: return Self.compare(found, values.first) < 0
        case .lessOrEqual: return Self.compare(found, values.first) <= 0
        }
    }

    /// As numbers where both are, else as texts.
    private static func compare(_ found: String, _ value: String?) -> Int {
        let value = value ?? ""
        if let found = Double(found), let value = Double(value) { return found < value ? -1 : found > value ? 1 : 0 }
        return found < value ? -1 : found > value ? 1 : 0
    }
}

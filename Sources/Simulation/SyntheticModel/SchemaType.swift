internal import OpenRouterAPI

/// The seven names of the keyword `type` (JSON Schema Validation 2020-12, section 6.1.1).
enum SchemaType: String, CaseIterable {
    case object
    case array
    case string
    case integer
    case number
    case boolean
    case null

    /// Whether a value of this type is also one of `other`: every integer is a number.
    func isKind(of other: SchemaType) -> Bool {
        self == other || (self == .integer && other == .number)
    }

    /// The narrowest type of `value`.
    init(of value: JSONValue) {
        self = SchemaType(rawValue: value.typeName) ?? .null
    }

    /// The type that a keyword is about, for schemas that leave `type` out; nil for keywords about all types.
    init?(impliedBy keyword: String) {
        switch keyword {
        case "properties", "required", "additionalProperties", "patternProperties", "minProperties", "maxProperties":
            self = .object
        case "items", "prefixItems", "minItems", "maxItems", "uniqueItems", "contains":
            self = .array
        case "pattern", "minLength", "maxLength", "format":
            self = .string
        case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf":
            self = .number
        default:
            return nil
        }
    }
}

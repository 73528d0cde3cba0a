extension Simulator {
    /// A JSON value, written as a literal.
    public enum Value: Sendable, Hashable {
        /// JSON's null.
        case null
        /// A boolean.
        case bool(Bool)
        /// A whole number.
        case integer(Int)
        /// Any number.
        case number(Double)
        /// A string.
        case string(String)
        /// Values in order.
        case array([Value])
        /// Members in no order.
        case object([String: Value])
    }
}

extension Simulator.Value: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// JSON's null.
    public init(nilLiteral: ()) { self = .null }

    /// A boolean.
    public init(booleanLiteral value: Bool) { self = .bool(value) }

    /// A whole number.
    public init(integerLiteral value: Int) { self = .integer(value) }

    /// A number.
    public init(floatLiteral value: Double) { self = .number(value) }

    /// A string.
    public init(stringLiteral value: String) { self = .string(value) }

    /// An array.
    public init(arrayLiteral elements: Simulator.Value...) { self = .array(elements) }

    /// Of two equal keys the last counts.
    public init(dictionaryLiteral elements: (String, Simulator.Value)...) {
        self = .object(Dictionary(elements) { _, last in last })
    }
}

extension Simulator.Value: Codable {
    /// - Throws: `DecodingError`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Int.self) {
            self = .integer(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([Simulator.Value].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: Simulator.Value].self))
        }
    }

    /// Writes the value as JSON.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .array(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        }
    }
}

/// A JSON value under construction.
///
/// Write it as a literal, `["model": "openai/gpt-4o", "n": 1]`, which keeps the order of members. To read what somebody
/// sent, use ``JSONDocument``, which also keeps its spelling.
///
/// Values are equal if they are built alike: member order counts, `.integer(1)` and `.number(1)` differ, and strings
/// are compared by their bytes. ``JSONValue/isCanonicallyEqual(to:)`` compares meaning.
package enum JSON: Sendable {
    case object(JSONObject)
    case array([JSON])
    case string(String)
    case integer(Int)
    /// Written as JavaScript does: shortest digits that read back as the same double. `null` if not finite.
    case number(Double)
    /// A number as it shall be written, in the grammar of RFC 8259, section 6.
    case decimal(String)
    case bool(Bool)
    case null

    /// Copies a parsed value.
    ///
    /// Numbers keep their digits; a lone surrogate in a string becomes U+FFFD.
    package init(_ value: JSONValue) {
        switch value.kind {
        case .object: self = .object(JSONObject(value.members.map { ($0.key, JSON($0.value)) }))
        case .array: self = .array(value.elements.map { JSON($0) })
        case .string: self = .string(value.string ?? "")
        case .number:
            let text = value.numberText ?? ""
            // Only what would be written back alike; `1.0` and `-0` would not.
            if let int = value.int, String(int) == text {
                self = .integer(int)
            } else {
                self = .decimal(text)
            }
        case .bool: self = .bool(value.bool == true)
        case .null: self = .null
        }
    }
}

extension JSON: Hashable {
    package static func == (left: JSON, right: JSON) -> Bool {
        switch (left, right) {
        case (.object(let left), .object(let right)): left == right
        case (.array(let left), .array(let right)): left == right
        // Swift strings are equal if canonically equivalent; JSON strings only if their code points are.
        case (.string(let left), .string(let right)): left.utf8.elementsEqual(right.utf8)
        case (.integer(let left), .integer(let right)): left == right
        case (.number(let left), .number(let right)): left == right
        case (.decimal(let left), .decimal(let right)): left == right
        case (.bool(let left), .bool(let right)): left == right
        case (.null, .null): true
        default: false
        }
    }

    package func hash(into hasher: inout Hasher) {
        switch self {
        case .object(let object): hasher.combine(object)
        case .array(let array): hasher.combine(array)
        case .string(let string): hasher.combine(string)
        case .integer(let integer): hasher.combine(integer)
        case .number(let number): hasher.combine(number)
        case .decimal(let text): hasher.combine(text)
        case .bool(let bool): hasher.combine(bool)
        case .null: hasher.combine(0 as UInt8)
        }
    }
}

package import OpenRouterAPI

/// A scalar: its text, and what the text means.
package struct YAMLScalar: Sendable, Hashable {
    /// The text, quotes and escapes resolved.
    package var text: String
    /// A string, a number, `true`, `false` or null; numbers keep their digits where JSON can write them.
    package var value: JSON
    /// Whether the text is the base64 of bytes, as the tag `!!binary` says (yaml.org/type/binary.html).
    package var isBinary = false

    package init(text: String, value: JSON, isBinary: Bool = false) {
        self.text = text
        self.value = value
        self.isBinary = isBinary
    }

    package var kindInWords: String {
        switch value {
        case .string: "a string"
        case .integer: "an integer"
        case .number, .decimal: "a number"
        case .bool: "a boolean"
        case .null: "null"
        case .object, .array: preconditionFailure("a scalar holds no container")
        }
    }
}

extension YAMLScalar {
    /// Why a text cannot be what its tag says, or cannot be at all.
    struct Problem: Error, Equatable {
        var message: String
    }

    /// Gives a plain scalar the meaning it has in the core schema (YAML 1.2.2, section 10.3.2).
    ///
    /// So `yes`, `on`, `2026-08-30` and `1_000` are strings, which they were not in YAML 1.1.
    ///
    /// - Throws: ``Problem`` for `.inf` and `.nan`, which JSON cannot hold.
    static func resolvingPlain(_ text: String) throws(Problem) -> YAMLScalar {
        if let value = constant(text) { return YAMLScalar(text: text, value: value) }
        switch text {
        case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF", ".nan", ".NaN", ".NAN":
            throw Problem(message: "'\(text)' is no number that JSON can hold; expected a finite number or a string")
        default:
            return YAMLScalar(text: text, value: YAMLNumber(text)?.json ?? .string(text))
        }
    }

    /// Gives a scalar the meaning that its tag asks for: `tag:yaml.org,2002:` and the name of a type.
    ///
    /// - Throws: ``Problem`` for a text that does not fit, and for a tag outside the core schema.
    static func resolving(_ text: String, tag: String) throws(Problem) -> YAMLScalar {
        guard tag.hasPrefix(tagPrefix) else {
            throw Problem(message: "unknown tag '\(tag)'; expected one of \(tagList), or none")
        }
        let name = String(tag.dropFirst(tagPrefix.count))
        if name == "str" { return YAMLScalar(text: text, value: .string(text)) }
        let plain = try resolvingPlain(text)
        let fits =
            switch (name, plain.value) {
            case ("null", .null), ("bool", .bool), ("float", .decimal), ("float", .integer): true
            case ("int", .integer): true
            case ("int", .decimal(let digits)): digits.utf8.allSatisfy { !".eE".utf8.contains($0) }
            default: false
            }
        guard ["null", "bool", "int", "float"].contains(name) else {
            throw Problem(message: "unknown tag '!!\(name)' on a scalar; expected one of \(tagList), or none")
        }
        guard fits else { throw Problem(message: "'\(text)' does not fit its tag '!!\(name)'") }
        return plain
    }

    static let tagPrefix = "tag:yaml.org,2002:"
    private static let tagList = "!!str, !!int, !!float, !!bool, !!null"

    private static func constant(_ text: String) -> JSON? {
        switch text {
        case "", "~", "null", "Null", "NULL": .null
        case "true", "True", "TRUE": .bool(true)
        case "false", "False", "FALSE": .bool(false)
        default: nil
        }
    }
}

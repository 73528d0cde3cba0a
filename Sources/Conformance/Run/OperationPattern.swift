/// Chooses operations by name: `POST /chat/completions`, `/models*`, or an operation id.
package struct OperationPattern: Sendable {
    package let text: String

    /// - Parameter text: `*` stands for any text, `?` for one character.
    package init(_ text: String) {
        self.text = text
    }

    package func matches(_ operation: OpenAPIOperation) -> Bool {
        [operation.name, operation.path, operation.identifier].compactMap(\.self)
            .contains { Self.matches(Array($0.lowercased())[...], Array(text.lowercased())[...]) }
    }

    private static func matches(_ text: ArraySlice<Character>, _ pattern: ArraySlice<Character>) -> Bool {
        guard let first = pattern.first else { return text.isEmpty }
        let rest = pattern.dropFirst()
        if first == "*" {
            return (text.startIndex...text.endIndex).contains { matches(text[$0...], rest) }
        }
        guard let character = text.first else { return false }
        return (first == "?" || first == character) && matches(text.dropFirst(), rest)
    }
}

extension OpenAPIDocument {
    /// The operation whose name has most in common with a text, for "Did you mean".
    package func nearestOperation(to text: String) -> OpenAPIOperation? {
        let wanted = Self.pieces(of: text)
        return operations.max { left, right in
            Self.likeness(left.name, wanted) < Self.likeness(right.name, wanted)
        }
    }

    private static func likeness(_ name: String, _ wanted: Set<String>) -> Double {
        let own = pieces(of: name)
        return Double(own.intersection(wanted).count) / Double(max(own.union(wanted).count, 1))
    }

    /// All runs of two characters.
    private static func pieces(of text: String) -> Set<String> {
        let characters = Array(text.lowercased())
        return Set(zip(characters, characters.dropFirst()).map { "\($0)\($1)" })
    }
}

internal import OpenRouterAPI

/// A JSON pointer to what else is secret (`--redact-pointer`): RFC 6901, where `*` stands for any one name or number.
///
/// Strings are replaced by placeholders, numbers by a 1 and zeros, in objects and arrays all that is inside. It holds for
/// bodies of requests and answers, and for the data of events.
package struct RedactionPointer: Sendable, Hashable {
    /// As written.
    package let source: String
    private let components: [String]

    /// - Throws: ``RedactionPointerError`` if the text is no JSON pointer, or one to the whole document.
    package init(_ source: String) throws(RedactionPointerError) {
        self.source = source
        do {
            components = try JSONPointer(source).components
        } catch {
            throw RedactionPointerError(source: source, reason: "\(error)")
        }
        if components.isEmpty { throw RedactionPointerError(source: source, reason: "it means the whole body") }
    }

    /// For the pointers that are known when this is written.
    init(known components: String...) {
        source = JSONPointer(components: components).description
        self.components = components
    }

    /// The strings and numbers in a document that are meant, in order.
    func scalars(in root: JSONValue) -> [JSONValue] {
        var values = [root]
        for component in components {
            values = values.flatMap { Self.children(of: $0, named: component) }
        }
        return values.flatMap(Self.scalars)
    }

    private static func children(of value: JSONValue, named name: String) -> [JSONValue] {
        switch value.kind {
        case .object: value.members.filter { name == "*" || $0.key == name }.map(\.value)
        case .array where name == "*": Array(value.elements)
        case .array: value.at(JSONPointer(components: [name])).map { [$0] } ?? []
        default: []
        }
    }

    private static func scalars(_ value: JSONValue) -> [JSONValue] {
        switch value.kind {
        case .string, .number: [value]
        case .object: value.members.flatMap { scalars($0.value) }
        case .array: value.elements.flatMap { scalars($0) }
        case .bool, .null: []
        }
    }
}

extension RedactionPointer {
    /// The edits of a JSON text, or none if it is no JSON.
    func edits(in document: JSONDocument) -> [RedactionEdit] {
        scalars(in: document.root).compactMap { value in
            let raw = value.raw
            if let text = value.string {
                let range = raw.startIndex + 1..<raw.endIndex - 1
                let isDone = document.source.withUnsafeBufferPointer { Placeholder.matches($0, range) }
                if isDone { return nil }
                return RedactionEdit(replacing: range, secret: Array(text.utf8), kind: kind)
            }
            let digits = Self.neutral(raw)
            guard !raw.elementsEqual(digits) else { return nil }
            return RedactionEdit(
                range: raw.startIndex..<raw.endIndex,
                bytes: digits,
                secret: Array(raw),
                kind: kind,
                isPlaceholder: false
            )
        }
    }

    private var kind: String { "value at \(source)" }

    /// A number of the same length: a 1 and zeros.
    private static func neutral(_ number: ArraySlice<UInt8>) -> [UInt8] {
        var isFirst = true
        return number.map { byte in
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return byte }
            defer { isFirst = false }
            // A 0 alone, or before a point, says nothing and could be nothing else.
            return isFirst && byte != UInt8(ascii: "0") ? UInt8(ascii: "1") : UInt8(ascii: "0")
        }
    }
}

/// A redaction pointer that is none.
package struct RedactionPointerError: Error, Hashable, CustomStringConvertible {
    package var source: String
    package var reason: String

    package var description: String {
        "redaction pointer '\(source)' cannot be used: \(reason). "
            + "Expected a JSON pointer such as '/messages/*/name', where * stands for any name or number."
    }
}

internal import OpenRouterAPI

/// What a value of a body must be; all that is set must hold.
package struct JSONMatcher: Sendable, Hashable {
    /// The value in canonical form; see `JSONValue.writeCanonical(into:)`.
    private var canonical: [UInt8]?
    /// For everything but equality; texts of numbers and booleans count as they are written.
    package var text: TextMatcher

    init(exact: JSON? = nil, text: TextMatcher = TextMatcher()) {
        canonical = exact.flatMap { try? JSONDocument(parsing: $0.serialized()).root.canonicalBytes }
        self.text = text
    }

    func matches(_ value: JSONValue?) -> Bool {
        if let canonical {
            guard let value, value.canonicalBytes == canonical else { return false }
        }
        guard text != TextMatcher() else { return true }
        return text.matches(value.map { $0.string ?? String(decoding: $0.raw, as: UTF8.self) })
    }
}

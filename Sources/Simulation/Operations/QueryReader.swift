internal import OpenRouterAPI

/// Reads the parameters of a query and says which one is wrong, and how.
struct QueryReader: Sendable {
    /// In the order they came, decoded.
    let items: [(name: String, value: String)]

    /// The first value of a parameter; nil when it is missing.
    func value(_ name: String) -> String? {
        items.first { $0.name == name }?.value
    }

    /// Whether a parameter is `true`; false when it is missing.
    func isOn(_ name: String) -> Bool {
        value(name) == "true"
    }

    /// - Throws: ``APIError`` 400 for a value that is no integer, or out of range.
    func integer(_ name: String, in range: ClosedRange<Int>) throws(APIError) -> Int? {
        guard let text = value(name) else { return nil }
        guard let integer = Int(text), range.contains(integer) else {
            let bound =
                range.upperBound == .max
                ? "of at least \(range.lowerBound)" : "from \(range.lowerBound) to \(range.upperBound)"
            throw .invalidField(name, expected: "an integer \(bound)", found: JSON.string(text).text)
        }
        return integer
    }
}

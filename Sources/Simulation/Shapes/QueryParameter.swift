internal import OpenRouterAPI

/// A parameter of an operation's query: checked before the operation is asked, and described as JSON Schema.
struct QueryParameter: Sendable {
    let name: String
    let shape: ValueShape
    let isRequired: Bool

    /// - Parameters:
    ///   - name: as in the query.
    ///   - shape: what the text reads as: a number or `true` counts as text where the shape is one.
    ///   - isRequired: whether it has to be there.
    init(_ name: String, _ shape: ValueShape, isRequired: Bool = false) {
        self.name = name
        self.shape = shape
        self.isRequired = isRequired
    }

    /// Which part of a listing is asked for (reference: platform §5, conventions).
    static let page = [
        QueryParameter("offset", .integer(in: 0...Int.max)),
        QueryParameter("limit", .integer(in: 1...100)),
    ]

    /// - Throws: ``APIError`` 400 for a value that does not fit, or none where one is needed.
    func check(_ query: QueryReader) throws(APIError) {
        guard let text = query.value(name) else {
            guard isRequired else { return }
            throw .invalidField(name, expected: shape.phrase, found: "nothing")
        }
        let asText = JSON.string(text)
        let readings = shape.isText ? [asText] : [JSON.decimal(text), asText]
        for reading in readings {
            guard let value = try? JSONDocument(parsing: reading.serialized()).root else { continue }
            return try shape.check(value, path: name)
        }
    }
}

extension ValueShape {
    /// Whether values of the shape are strings.
    fileprivate var isText: Bool {
        switch self {
        case .string, .choice, .format: true
        default: false
        }
    }
}

package import OpenRouterAPI

/// Something in an answer, or in a request of ours, that the document does not allow.
package struct ConformanceProblem: Sendable, Hashable {
    /// Which part of the exchange the pointer points into.
    package enum Place: Sendable, Hashable {
        case status
        case contentType
        case body
        /// Numbered from 1.
        case event(Int)
        case requestBody
        case parameter(String)
    }

    package var place: Place
    package var pointer = JSONPointer()
    /// Into the document.
    package var schema: JSONPointer?
    package var message: String

    init(_ place: Place, _ message: String, schema: JSONPointer? = nil) {
        self.place = place
        self.schema = schema
        self.message = message
    }

    init(_ place: Place, _ violation: SchemaViolation) {
        self.place = place
        pointer = violation.instance
        schema = violation.schema
        message = violation.message
    }
}

extension ConformanceProblem.Place: CustomStringConvertible {
    package var description: String {
        switch self {
        case .status: "status"
        case .contentType: "content-type"
        case .body: "body"
        case .event(let number): "event \(number)"
        case .requestBody: "request"
        case .parameter(let name): "parameter \(name)"
        }
    }
}

extension ConformanceProblem: CustomStringConvertible {
    /// For example `event 3 /choices/0/delta: expected object, found null (#/components/…/type)`.
    package var description: String {
        let pointer = pointer.components.isEmpty ? "" : " \(pointer)"
        let schema = schema.map { " (#\($0))" } ?? ""
        return "\(place)\(pointer): \(message)\(schema)"
    }

    package var json: JSON {
        var object: JSONObject = ["in": .string(place.description), "pointer": .string(pointer.description)]
        object.append("schema", schema.map { .string("#\($0)") })
        object.append("message", .string(message))
        return .object(object)
    }
}

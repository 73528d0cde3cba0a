package import OpenRouterAPI

/// A request to try an operation with.
///
/// `{{name}}` in the path, in the query and in the strings of the body stands for what an earlier answer said.
package struct SampleRequest: Sendable {
    package enum Body: Sendable {
        case none
        case json(JSON)
        case form([FormPart])
    }

    /// A part of a body of type `multipart/form-data`.
    package struct FormPart: Sendable {
        package var name: String
        package var value: String
        /// Name and media type of a part that is a file; nil for a plain field.
        package var file: (name: String, type: String)?

        package init(_ name: String, _ value: String, file: (name: String, type: String)? = nil) {
            self.name = name
            self.value = value
            self.file = file
        }
    }

    /// As ``OpenAPIOperation/name``.
    package var operation: String
    /// Which of the operation's requests it is, such as `minimal`.
    package var name: String
    /// Values of the path's parameters.
    package var path: [String: String] = [:]
    package var query: [(name: String, value: String)] = []
    package var body = Body.none
    /// Whether an event stream is asked for.
    package var isStreamed = false
    /// What later requests need: a name, and where in the answer its value is.
    package var captures: [String: JSONPointer] = [:]
    /// Statuses that are right besides 2xx, for operations that cannot succeed.
    package var expectedStatuses: Set<Int> = []
}

extension SampleRequest {
    init(_ operation: String, _ name: String) {
        self.init(operation: operation, name: name)
    }

    init(_ operation: String, _ name: String, json: JSON, captures: [String: JSONPointer] = [:]) {
        self.init(operation: operation, name: name, body: .json(json), captures: captures)
    }

    /// The same as a stream.
    var streamed: SampleRequest {
        guard case .json(.object(var members)) = body else { return self }
        members["stream"] = true
        var copy = self
        copy.name += " streamed"
        copy.body = .json(.object(members))
        copy.isStreamed = true
        copy.captures = [:]
        return copy
    }
}

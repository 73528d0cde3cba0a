package import HTTPTypes
package import OpenRouterAPI

/// One operation of an OpenAPI document: a method on a path.
package struct OpenAPIOperation: Sendable {
    package var method: HTTPRequest.Method
    /// With `{name}` for a segment that varies; below the server's URL.
    package var path: String
    /// Where it stands in the document.
    package var pointer: JSONPointer
    /// `operationId`; nil when the document gives none.
    package var identifier: String?
    package var parameters: [OpenAPIParameter] = []
    /// The ways to write the body; none where the operation takes none.
    package var requestBodies: [OpenAPIMedia] = []
    /// By status as the document writes it: `200`, `4XX` or `default`.
    package var responses: [String: [OpenAPIMedia]] = [:]

    /// `POST /chat/completions`.
    package var name: String { "\(method.rawValue) \(path)" }
}

/// A parameter of an operation.
package struct OpenAPIParameter: Sendable {
    package enum Location: String, Sendable {
        case path, query, header, cookie
    }

    package var name: String
    package var location: Location
    package var isRequired: Bool
    /// Nil when the document describes it in another way.
    package var schema: SchemaID?
    /// An example of its value, from the parameter or its schema.
    package var example: JSONValue?
}

/// One media type of a body.
package struct OpenAPIMedia: Sendable {
    /// For example `application/json` or `audio/*`.
    package var type: String
    package var pointer: JSONPointer
    package var schema: SchemaID?
    package var example: JSONValue?
    /// `x-speakeasy-sse-sentinel`: the data of an event that ends a stream and is no JSON.
    package var sentinel: String?

    /// Whether a media type without parameters, in lower case, is this one or in its range.
    func includes(_ mediaType: String) -> Bool {
        let declared = type.prefix { $0 != ";" }.lowercased()
        return declared == mediaType || declared == "*/*"
            || (declared.hasSuffix("/*") && mediaType.hasPrefix(declared.dropLast()))
    }
}

extension OpenAPIOperation {
    /// The bodies declared for a status: its own, else those of its class, else the default's.
    ///
    /// - Returns: nil when the status is not declared; empty when it is, without a body.
    func bodies(forStatus status: Int) -> [OpenAPIMedia]? {
        responses[String(status)] ?? responses["\(status / 100)XX"] ?? responses["default"]
    }

    /// The statuses that the document declares, in order.
    var declaredStatuses: String {
        responses.keys.sorted().joined(separator: ", ")
    }
}

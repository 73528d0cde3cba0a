/// Failures that more than one endpoint has, with the wordings of the schemas' examples or as observed.
extension APIError {
    /// No path of the API.
    package static let notFound = APIError(status: 404, message: "Not Found")

    package static func methodNotAllowed(allowed: [String]) -> APIError {
        APIError(
            status: 405,
            message: "Method Not Allowed",
            fields: [Field("Allow", allowed.joined(separator: ", "))]
        )
    }

    /// Something managed that there is not, or that another account has.
    ///
    /// - Parameters:
    ///   - kind: as in `API key`.
    ///   - name: its id, hash or slug.
    /// - Returns: 404.
    package static func resourceNotFound(_ kind: String, _ name: String) -> APIError {
        APIError(status: 404, message: "\(kind) \(name) not found", metadata: ["error_type": "not_found"])
    }

    package static let missingCredentials = APIError(status: 401, message: "Missing Authentication header")
    /// As it was in 2025.
    package static let legacyMissingCredentials = APIError(status: 401, message: "No auth credentials found")
    package static let unknownKey = APIError(status: 401, message: "User not found.")

    package static func payloadTooLarge(limit: Int) -> APIError {
        APIError(
            status: 413,
            message: "Request payload too large",
            metadata: ["error_type": "payload_too_large", "limit_bytes": .integer(limit)]
        )
    }

    /// A body that is no JSON, with the place where it stops being it.
    package static func malformedJSON(_ error: JSONSyntaxError) -> APIError {
        APIError(
            status: 400,
            message: "Invalid JSON in the request body: \(error)",
            metadata: [
                "error_type": "invalid_request",
                "line": .integer(error.line),
                "column": .integer(error.column),
            ]
        )
    }

    /// A field that is not what it has to be.
    ///
    /// - Parameters:
    ///   - path: dotted, with indices in brackets: `messages[0].content`.
    ///   - expected: what it has to be, as in `a string`.
    ///   - found: what came instead.
    /// - Returns: the error, with the path in its message and its metadata.
    package static func invalidField(_ path: String, expected: String, found: String) -> APIError {
        APIError(
            status: 400,
            message: "Invalid request parameters: \(path): expected \(expected), received \(found)",
            metadata: ["error_type": "invalid_request", "field": .string(path)]
        )
    }
}

extension APIError {
    /// What an error of a status says when there is nothing more specific to say.
    ///
    /// Source: the examples of the document's schemas (reference: inference §1.7), but for 401: a request that is
    /// refused by a script usually has a key, whose message is another (reference: platform §6.1).
    ///
    /// - Parameter status: of the error.
    /// - Returns: the message; for a status that the document does not know the one of its class.
    package static func usualMessage(ofStatus status: Int) -> String {
        switch status {
        case 401: unknownKey.message
        case 402: insufficientCredits.message
        case 403: managementKeyNeeded.message
        case 404: "Resource not found"
        case 408, 504: "Operation timed out. Please try again later."
        case 409: "Resource conflict. Please try again later."
        case 413: "Request payload too large"
        case 422: "Invalid argument"
        case 429: "Rate limit exceeded"
        case 502, 529: "Provider returned error"
        case 503: "Service temporarily unavailable"
        case 524: "Request timed out. Please try again later."
        case 400..<500: "Invalid request parameters"
        default: "Internal Server Error"
        }
    }
}

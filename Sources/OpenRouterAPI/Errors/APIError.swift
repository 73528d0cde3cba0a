/// A failure as OpenRouter tells it: data, to be turned into a tape in one place.
package struct APIError: Error, Sendable, Hashable {
    /// The HTTP status, repeated as `error.code`.
    package var status: Int

    package var message: String

    /// `error.metadata`; nil leaves the member out.
    package var metadata: JSONObject?

    /// `error.availability`, for models that cannot be had (since 2026-08-19); nil leaves the member out.
    package var availability: JSONObject?

    /// `openrouter_metadata`, for clients that ask for it; nil when routing had not begun.
    ///
    /// Not part of ``envelope(userID:)``: whoever knows the request's header appends it.
    package var routerMetadata: JSON?

    /// Header fields that belong to the error, such as `Retry-After` or `Allow`.
    package var fields: [Field]

    package struct Field: Sendable, Hashable {
        package var name: String
        package var value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    package init(
        status: Int,
        message: String,
        metadata: JSONObject? = nil,
        availability: JSONObject? = nil,
        fields: [Field] = []
    ) {
        self.status = status
        self.message = message
        self.metadata = metadata
        self.availability = availability
        self.fields = fields
    }
}

extension APIError {
    /// The envelope of every route but `/messages`.
    ///
    /// Key order as observed: message, code, metadata; then `user_id`.
    ///
    /// - Parameter userID: the owner of the key; nil before authentication.
    /// - Returns: the body of the answer.
    package func envelope(userID: String?) -> JSON {
        var error: JSONObject = ["message": .string(message), "code": .integer(status)]
        error.append("metadata", metadata.map { .object($0) })
        error.append("availability", availability.map { .object($0) })
        var envelope: JSONObject = ["error": .object(error)]
        envelope.append("user_id", userID.map { .string($0) })
        return .object(envelope)
    }
}

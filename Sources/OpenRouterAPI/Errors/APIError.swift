/// A failure as OpenRouter tells it: data, to be turned into a tape in one place.
package struct APIError: Error, Sendable, Hashable, Codable {
    /// The HTTP status, repeated as `error.code`.
    package var status: Int

    package var message: String

    /// `error.metadata`; nil leaves the member out.
    package var metadata: JSONObject?

    /// `error.availability`, for models that cannot be had (since 2026-08-19); nil leaves the member out.
    package var availability: JSONObject?

    /// `openrouter_metadata` of a failure in routing, for clients that ask for it.
    package var routerMetadata: JSON?

    /// The generation that failed; nil for failures before routing.
    package var generationID: String?

    /// What is wrong with the body, on routes that answer with Zod's own report; empty for the usual envelope.
    package var issues: [ZodIssue] = []

    /// Time that passes before the error is told.
    package var delay = Duration.zero

    /// Header fields that belong to the error, such as `Retry-After` or `Allow`.
    package var fields: [Field]

    package struct Field: Sendable, Hashable, Codable {
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
        routerMetadata: JSON? = nil,
        fields: [Field] = []
    ) {
        self.status = status
        self.message = message
        self.metadata = metadata
        self.availability = availability
        self.routerMetadata = routerMetadata
        self.fields = fields
    }
}

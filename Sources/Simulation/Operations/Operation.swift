internal import HTTPTypes
internal import OpenRouterAPI

/// One operation of the API: a file of its own and a line in ``OperationTable``.
struct Operation: Sendable {
    /// Who may call it (reference: platform §6.1).
    enum Authentication: Sendable {
        /// Anybody; a bearer token is ignored, even a wrong one.
        case none
        /// Any valid key.
        case key
    }

    let method: HTTPRequest.Method

    /// Path below `/api/v1` with `:name` for a segment that varies; the whole path for what is beside v1.
    ///
    /// Aliases answer alike.
    let paths: [String]
    let authentication: Authentication
    /// The shape of its errors.
    let errorSkin: ErrorSkin

    let respond: @Sendable (Call) throws(APIError) -> OperationAnswer

    init(
        _ method: HTTPRequest.Method,
        _ path: String,
        aliases: [String] = [],
        _ authentication: Authentication,
        errors errorSkin: ErrorSkin = .openRouter,
        respond: @escaping @Sendable (Call) throws(APIError) -> OperationAnswer
    ) {
        self.method = method
        paths = [path] + aliases
        self.authentication = authentication
        self.errorSkin = errorSkin
        self.respond = respond
    }
}

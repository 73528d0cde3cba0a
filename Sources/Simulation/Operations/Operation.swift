internal import HTTPTypes
internal import OpenRouterAPI

/// One operation of the API, declared: a file of its own and a line in ``OperationTable``.
///
/// Routing, checks of key, query and body, 405, and the description of the API all read this one value.
struct Operation: Sendable {
    /// The `operationId` of the official document.
    let id: String
    let method: HTTPRequest.Method

    /// Path below `/api/v1`, or the whole path of what is beside v1, with `:name` for a segment that varies.
    ///
    /// Aliases answer alike.
    let paths: [String]
    let access: Access
    /// The parameters of the query that are checked before the operation is asked; others are its own to read.
    let query: [QueryParameter]
    /// The members of a JSON body that is checked before the operation is asked; nil where there is no body, or the
    /// operation reads it itself.
    let body: ObjectShape?
    /// What the operation reads itself, for the description of the API.
    var reads = RequestReading.nothing
    /// Of an answer that is no error.
    let status: Int
    /// The shape of its errors.
    let errorSkin: ErrorSkin

    let respond: @Sendable (Call) throws(APIError) -> OperationAnswer
}

extension Operation {
    /// An operation without a body, or one that reads its body itself.
    init(
        _ id: String,
        _ method: HTTPRequest.Method,
        _ path: String,
        aliases: [String] = [],
        _ access: Access,
        query: [QueryParameter] = [],
        reads: RequestReading = .nothing,
        status: Int = 200,
        errors errorSkin: ErrorSkin = .openRouter,
        respond: @escaping @Sendable (Call) throws(APIError) -> OperationAnswer
    ) {
        self.init(
            id: id,
            method: method,
            paths: [path] + aliases,
            access: access,
            query: query,
            body: nil,
            reads: reads,
            status: status,
            errorSkin: errorSkin,
            respond: respond
        )
    }

    /// An operation with a JSON body, which it gets once the body has the declared shape.
    init(
        _ id: String,
        _ method: HTTPRequest.Method,
        _ path: String,
        _ access: Access,
        query: [QueryParameter] = [],
        body: ObjectShape,
        status: Int = 200,
        respond: @escaping @Sendable (Call, JSONValue) throws(APIError) -> OperationAnswer
    ) {
        self.init(
            id: id,
            method: method,
            paths: [path],
            access: access,
            query: query,
            body: body,
            status: status,
            errorSkin: .openRouter
        ) { call throws(APIError) in
            let document = try call.document()
            try body.check(document)
            return try respond(call, document)
        }
    }
}

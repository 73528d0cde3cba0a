internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI

/// One operation of the control API.
///
/// A value that the router, the list of endpoints and the OpenAPI document all read: a new one costs a line in
/// ``ControlTable`` and the function that answers it.
struct ControlOperation: Sendable {
    typealias Respond = @Sendable (ControlCall) throws(APIError) -> ControlAnswer

    /// A query parameter.
    struct Parameter: Sendable {
        var name: String
        var summary: String
        var schema: JSON = ["type": "string"]

        static let world = Parameter(name: "world", summary: "The world that is meant; main where none is named.")
    }

    var method: HTTPRequest.Method
    /// Below `/_sim`, with `{name}` for what varies.
    var path: String
    var summary: String
    var query: [Parameter] = []
    /// The JSON Schema of the body; nil for none.
    var body: JSON?
    var respond: Respond
}

/// What the control API says.
struct ControlAnswer: Sendable {
    var status = 200
    var contentType = "application/json"
    /// Beside the type of its content.
    var fields: HTTPFields = [:]
    var body: ByteBuffer

    static func json(_ json: JSON, status: Int = 200) -> ControlAnswer {
        ControlAnswer(status: status, body: ByteBuffer(bytes: json.serialized()))
    }

    static func text(_ text: String, contentType: String) -> ControlAnswer {
        ControlAnswer(contentType: contentType, body: ByteBuffer(string: text))
    }
}

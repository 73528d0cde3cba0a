package import HTTPTypes
package import Tapes

/// A request that OpenRouter makes of its own accord; somebody else has to send it.
package struct Callback: Sendable, Hashable {
    package var url: AbsoluteURL
    package var method: HTTPRequest.Method
    package var fields: HTTPFields
    package var body: [UInt8]
    /// Whether it only asks if somebody is there: it is sent once, and who refuses its empty body is there too
    /// (guide: broadcast, "Webhook").
    package var isConnectionTest = false

    package init(url: AbsoluteURL, method: HTTPRequest.Method = .post, fields: HTTPFields, body: [UInt8]) {
        self.url = url
        self.method = method
        self.fields = fields
        self.body = body
    }
}

extension Callback {
    /// Whether an answer says that the client has taken it.
    ///
    /// - Parameter status: of the answer.
    /// - Returns: false for one that is to be sent again.
    package func isTaken(by status: Int) -> Bool {
        (200..<300).contains(status) || isConnectionTest && status == 400
    }
}

package import HTTPTypes
package import Tapes

/// A request that OpenRouter makes of its own accord; somebody else has to send it.
package struct Callback: Sendable, Hashable {
    package var url: AbsoluteURL
    package var fields: HTTPFields
    /// Sent with POST.
    package var body: [UInt8]

    package init(url: AbsoluteURL, fields: HTTPFields, body: [UInt8]) {
        self.url = url
        self.fields = fields
        self.body = body
    }
}

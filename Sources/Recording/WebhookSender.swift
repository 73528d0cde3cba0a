internal import AsyncHTTPClient
package import HTTPTypes
internal import NIOCore
internal import NIOHTTP1
package import Tapes

/// Sends to programs on this machine, and to nobody else.
package struct WebhookSender: Sendable {
    private let client: HTTPClient

    package init() {
        client = HTTPClient(
            eventLoopGroupProvider: .singleton,
            configuration: HTTPClient.Configuration(
                redirectConfiguration: .disallow,
                timeout: .init(connect: .seconds(5), read: .seconds(30))
            )
        )
    }

    package func shutdown() async throws {
        try await client.shutdown()
    }

    /// Sends a body and waits for the answer's head.
    ///
    /// - Parameters:
    ///   - body: the whole of it.
    ///   - method: POST or another one with a body.
    ///   - url: of this machine.
    ///   - fields: the header.
    /// - Returns: the status.
    /// - Throws: what the network library says when there is no answer.
    package func send(
        _ body: [UInt8],
        by method: HTTPRequest.Method,
        to url: AbsoluteURL,
        _ fields: HTTPFields
    ) async throws -> Int {
        precondition(url.isLoopback, "\(url.text) is not this machine")
        var request = HTTPClientRequest(url: url.text)
        request.method = HTTPMethod(rawValue: method.rawValue)
        for field in fields { request.headers.add(name: field.name.rawName, value: field.value) }
        request.body = .bytes(ByteBuffer(bytes: body))
        return Int(try await client.execute(request, timeout: .seconds(30)).status.code)
    }
}

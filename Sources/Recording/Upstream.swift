internal import AsyncHTTPClient
internal import HTTPTypes
internal import Logging
internal import NIOCore
internal import NIOHTTP1
internal import NIOSSL
internal import Tapes

/// The real API: sends requests as they came and hands back answers as they arrive.
///
/// Talks to its one base URL and nothing else, verifies TLS, follows no redirects, decodes nothing.
package struct Upstream: Sendable {
    package let configuration: UpstreamConfiguration
    private let client: HTTPClient
    private let rawResponses = RawResponseRegistry()

    /// The upstream's answer as it begins.
    struct Response: Sendable {
        var head: ResponseHead
        var body: HTTPClientResponse.Body
        /// What its bytes say besides; nil under HTTP/2.
        var raw: RawResponse?
    }

    /// - Throws: what NIOSSL throws for an unusable file of certificate authorities.
    package init(_ configuration: UpstreamConfiguration) throws {
        self.configuration = configuration
        var tls = TLSConfiguration.makeClientConfiguration()
        if let file = configuration.certificateAuthorityFile {
            tls.additionalTrustRoots = [.certificates(try NIOSSLCertificate.fromPEMFile(file))]
        }
        var settings = HTTPClient.Configuration(
            tlsConfiguration: tls,
            redirectConfiguration: .disallow,
            timeout: .init(connect: .seconds(10)),
            decompression: .disabled
        )
        settings.httpVersion = .automatic
        settings.connectionPool.retryConnectionEstablishment = false
        settings.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 4096
        // Shorter than the keep-alive of common servers (5 s), so that no request meets a connection being closed.
        settings.connectionPool.idleTimeout = .seconds(4)
        settings.http1_1ConnectionDebugInitializer = { [rawResponses] channel in
            channel.eventLoop.makeCompletedFuture {
                try ConnectionBytes.install(on: channel, registry: rawResponses)
            }
        }
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: settings)
    }

    package func shutdown() async throws {
        try await client.shutdown()
    }

    /// Sends the request and waits for the head.
    ///
    /// - Throws: ``UpstreamFailure`` when there is no answer.
    func send(_ request: Request) async throws(UpstreamFailure) -> Response {
        var forwarded = HTTPClientRequest(
            url: configuration.url(path: String(request.target.raw.prefix { $0 != "?" }), query: request.target.query)
        )
        forwarded.method = HTTPMethod(rawValue: request.method.rawValue)
        for field in request.fields where !Self.hopByHop.contains(field.name.canonicalName) {
            let isCodings = field.name == .acceptEncoding
            let value = isCodings ? AcceptedCodings.searchable(field.value) : field.value
            forwarded.headers.add(name: field.name.rawName, value: value)
        }
        if request.body.readableBytes > 0 {
            forwarded.body = .bytes(request.body)
        }
        do {
            var response = try await client.execute(forwarded, deadline: .distantFuture, logger: nil)
            let number = response.headers.first(name: RawResponseRegistry.fieldName)
            response.headers.remove(name: RawResponseRegistry.fieldName)
            let raw = number.flatMap { rawResponses.take($0) }
            let head = ResponseHead(response)
            return Response(head: raw?.refine(head) ?? head, body: response.body, raw: raw)
        } catch {
            throw UpstreamFailure(error, url: configuration.url)
        }
    }

    /// Fields that belong to one connection (RFC 9110 §7.6.1), and those that the client library sets from the request.
    private static let hopByHop: Set<String> = [
        "connection", "content-length", "expect", "host", "keep-alive", "proxy-authorization", "proxy-connection", "te",
        "trailer", "transfer-encoding", "upgrade",
    ]
}

extension ResponseHead {
    init(_ response: HTTPClientResponse) {
        var fields = HTTPFields(response.headers)
        let version: Version =
            switch response.version {
            case .http2: .http2
            case .http1_0: .http10
            default: .http11
            }
        if version == .http2 { fields[.transferEncoding] = nil }
        self.init(
            version: version,
            status: .init(code: Int(response.status.code), reasonPhrase: response.status.reasonPhrase),
            fields: fields
        )
    }
}

extension HTTPFields {
    init(_ headers: HTTPHeaders) {
        self.init()
        reserveCapacity(headers.count)
        for (name, value) in headers {
            guard let fieldName = HTTPField.Name(name) else { continue }
            append(HTTPField(name: fieldName, value: value))
        }
    }
}

internal import HTTPTypes
internal import NIOCore
internal import NIOHTTP1
internal import Tapes

/// Puts the parts of requests together. Parts in, messages out; no I/O.
struct RequestAssembly {
    private enum State {
        case awaitingHead
        case collecting(Collecting)
        /// A refusal was the last word; whatever comes is thrown away.
        case refused
    }

    private struct Collecting {
        var head: HTTPRequestHead
        var context: ExchangeContext
        var body = ByteBuffer()
    }

    private let bodyByteLimit: Int
    private var state = State.awaitingHead

    init(bodyByteLimit: Int) {
        self.bodyByteLimit = bodyByteLimit
    }

    var isCollecting: Bool {
        if case .collecting = state { return true }
        return false
    }

    mutating func receive(_ part: HTTPServerRequestPart) -> InboundMessage? {
        switch (state, part) {
        case (.awaitingHead, .head(let head)):
            return begin(head)
        case (.collecting(var collecting), .body(let bytes)):
            // Without the state's copy of the body the append below does not copy it.
            state = .awaitingHead
            guard collecting.body.readableBytes + bytes.readableBytes <= bodyByteLimit else {
                return refuse(.bodyTooLarge(limit: bodyByteLimit))
            }
            if collecting.body.readableBytes == 0 {
                collecting.body = bytes
            } else {
                collecting.body.writeImmutableBuffer(bytes)
            }
            state = .collecting(collecting)
            return nil
        case (.collecting(let collecting), .end):
            state = .awaitingHead
            return .request(Request(collecting.head, body: collecting.body), collecting.context)
        case (.refused, _), (.awaitingHead, _), (.collecting, .head):
            return nil
        }
    }

    /// Gives up on the request that is coming in, and with it on the connection.
    mutating func refuse(_ refusal: Refusal) -> InboundMessage? {
        if case .refused = state { return nil }
        state = .refused
        return .refusal(refusal)
    }

    private mutating func begin(_ head: HTTPRequestHead) -> InboundMessage? {
        if let refusal = refusalOfHost(head) { return refuse(refusal) }
        if let length = head.headers.first(name: "content-length").flatMap({ UInt64($0) }), length > bodyByteLimit {
            return refuse(.bodyTooLarge(limit: bodyByteLimit))
        }
        // After a request that offers an upgrade the decoder reads nothing more; we answer it and close.
        let offersUpgrade = head.headers[canonicalForm: "connection"].contains { $0.lowercased() == "upgrade" }
        let context = ExchangeContext(
            isHead: head.method == .HEAD,
            isHTTP1_0: head.version == .http1_0,
            keepsAlive: head.isKeepAlive && !offersUpgrade && head.method != .CONNECT
        )
        state = .collecting(Collecting(head: head, context: context))
        let expectsContinue = head.headers.first(name: "expect")?.lowercased() == "100-continue"
        return expectsContinue && head.version != .http1_0 ? .expectation : nil
    }

    /// RFC 9112 §3.2: an HTTP/1.1 request has exactly one `Host`.
    private func refusalOfHost(_ head: HTTPRequestHead) -> Refusal? {
        let count = head.headers["host"].count
        if count > 1 { return .malformed("more than one Host header field") }
        return count == 0 && head.version == .http1_1 ? .malformed("missing Host header field") : nil
    }
}

/// What reaches the answering side.
enum InboundMessage: Sendable {
    case request(Request, ExchangeContext)
    /// The client waits for `100 Continue` before it sends its body (RFC 9110 §10.1.1).
    case expectation
    case refusal(Refusal)
}

extension Request {
    init(_ head: HTTPRequestHead, body: ByteBuffer) {
        var fields = HTTPFields()
        fields.reserveCapacity(head.headers.count)
        for (name, value) in head.headers {
            guard let fieldName = HTTPField.Name(name) else { continue }
            fields.append(HTTPField(name: fieldName, value: value))
        }
        // The decompressor has undone these codings.
        if let coding = fields[.contentEncoding]?.lowercased(), coding == "gzip" || coding == "deflate" {
            fields[.contentEncoding] = nil
            fields[.contentLength] = nil
        }
        self.init(
            method: HTTPRequest.Method(rawValue: head.method.rawValue) ?? .get,
            target: RequestTarget(head.uri),
            fields: fields,
            body: body
        )
    }
}

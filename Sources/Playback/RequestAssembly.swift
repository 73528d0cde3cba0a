internal import HTTPTypes
internal import NIOCore
internal import NIOHTTP1
internal import Tapes

/// Puts the parts of requests together.
///
/// Parts in, messages out; no I/O.
struct RequestAssembly {
    private enum State {
        case awaitingHead
        case collecting(Collecting)
        /// A refusal was the last word; whatever comes is thrown away.
        case refused
    }

    private struct Collecting {
        var request: Request
        var context: ExchangeContext
    }

    private let bodyByteLimit: Int
    private var state = State.awaitingHead
    /// What came since ``takeOpened()``, as long as it is one head and no more.
    private var opened: OpenedRequest?
    private var hasMoreThanHead = false

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
            hasMoreThanHead = true
            // Without the state's copy of the body the append below does not copy it.
            state = .awaitingHead
            guard collecting.request.body.readableBytes + bytes.readableBytes <= bodyByteLimit else {
                return refuse(.bodyTooLarge(limit: bodyByteLimit))
            }
            if collecting.request.body.readableBytes == 0 {
                collecting.request.body = bytes
            } else {
                collecting.request.body.writeImmutableBuffer(bytes)
            }
            state = .collecting(collecting)
            return nil
        case (.collecting(let collecting), .end):
            state = .awaitingHead
            return .request(collecting.request, collecting.context)
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

    /// Begins a request whose head is known.
    mutating func begin(_ opened: OpenedRequest) {
        guard case .awaitingHead = state else { return }
        state = .collecting(Collecting(request: opened.request, context: opened.exchange))
    }

    /// What the latest head has opened; nil unless it is all that came since the last call.
    mutating func takeOpened() -> OpenedRequest? {
        defer {
            opened = nil
            hasMoreThanHead = false
        }
        return hasMoreThanHead ? nil : opened
    }

    private mutating func begin(_ head: HTTPRequestHead) -> InboundMessage? {
        hasMoreThanHead = hasMoreThanHead || opened != nil
        let parsed = ParsedHead(head)
        // RFC 9112 §3.2: an HTTP/1.1 request has exactly one `Host`.
        if parsed.hostCount > 1 { return refuse(.malformed("more than one Host header field")) }
        if parsed.hostCount == 0, head.version == .http1_1 { return refuse(.malformed("missing Host header field")) }
        if let length = parsed.contentLength, length > bodyByteLimit {
            return refuse(.bodyTooLarge(limit: bodyByteLimit))
        }
        let context = ExchangeContext(
            isHead: head.method == .HEAD,
            isHTTP10: head.version == .http1_0,
            // After a request that offers an upgrade the decoder reads nothing more; we answer it and close.
            keepsAlive: head.isKeepAlive && !parsed.offersUpgrade && head.method != .CONNECT
        )
        let request = Request(
            method: HTTPRequest.Method(rawValue: head.method.rawValue) ?? .get,
            target: RequestTarget(head.uri),
            fields: parsed.fields
        )
        state = .collecting(Collecting(request: request, context: context))
        let expectsContinue = parsed.expectsContinue && head.version != .http1_0
        opened = OpenedRequest(
            request: request,
            exchange: context,
            // Within the limit, so within `Int`.
            framing: parsed.isTransferCoded || !context.keepsAlive ? .unknown : .length(Int(parsed.contentLength ?? 0)),
            lengthPlace: parsed.lengthPlace,
            isRepeatable: !expectsContinue && !parsed.isContentCoded
        )
        return expectsContinue ? .expectation : nil
    }
}

/// What reaches the answering side.
enum InboundMessage: Sendable {
    case request(Request, ExchangeContext)
    /// The client waits for `100 Continue` before it sends its body (RFC 9110 §10.1.1).
    case expectation
    case refusal(Refusal)
}

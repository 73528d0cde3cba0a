internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPCompression

/// Hands whole requests up: a thin shell over ``RequestAssembly`` that also words what went wrong below it.
final class RequestAssembler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = InboundMessage

    private let bodyByteLimit: Int
    private let clock: ConnectionClock
    private var assembly: RequestAssembly
    private var context: ChannelHandlerContext?

    init(bodyByteLimit: Int, clock: ConnectionClock) {
        self.bodyByteLimit = bodyByteLimit
        self.clock = clock
        assembly = RequestAssembly(bodyByteLimit: bodyByteLimit)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        receive(unwrapInboundIn(data))
    }

    /// The next part of a request, from the decoder or from whoever knows what it would say.
    func receive(_ part: HTTPServerRequestPart) {
        guard let context else { return }
        let message = assembly.receive(part)
        switch part {
        case .head: clock.enter(.body, now: context.eventLoop.now)
        case .end: clock.enter(.answering, now: context.eventLoop.now)
        case .body: break
        }
        if let message { context.fireChannelRead(wrapInboundOut(message)) }
    }

    /// A head that came before, in place of the decoder's.
    func begin(_ opened: OpenedRequest) {
        guard let context else { return }
        assembly.begin(opened)
        clock.enter(.body, now: context.eventLoop.now)
    }

    /// See ``RequestAssembly/takeOpened()``.
    func takeOpened() -> OpenedRequest? {
        assembly.takeOpened()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // The client left in the middle of a request. There is nobody to tell, and requests before it get their answers.
        if case HTTPParserError.invalidEOFState = error { return }
        guard let refusal = refusal(for: error) else {
            context.fireErrorCaught(error)
            return
        }
        if let message = assembly.refuse(refusal) { context.fireChannelRead(wrapInboundOut(message)) }
    }

    private func refusal(for error: any Error) -> Refusal? {
        switch error {
        case HTTPParserError.headerOverflow:
            .headTooLarge
        case let error as HTTPParserError:
            .malformed(error.plainDescription)
        case NIOHTTPDecompression.DecompressionError.limit:
            .bodyTooLarge(limit: bodyByteLimit)
        case is NIOHTTPDecompression.DecompressionError, is NIOHTTPDecompression.ExtraDecompressionError:
            .undecodableBody("the request body does not match its Content-Encoding")
        case is RequestTimeoutHandler.TimeoutError:
            .timeout
        case let error as RefusalError:
            error.refusal
        default:
            nil
        }
    }
}

@available(*, unavailable)
extension RequestAssembler: Sendable {}

extension HTTPParserError {
    /// What is wrong with the bytes, for the client's developer.
    fileprivate var plainDescription: String {
        switch self {
        case .invalidVersion: "unsupported HTTP version, expected HTTP/1.1 or HTTP/1.0"
        case .invalidMethod: "invalid request method"
        case .invalidURL, .invalidPath, .invalidHost, .invalidPort, .invalidQueryString, .invalidFragment:
            "invalid request target"
        case .invalidHeaderToken: "invalid header field"
        case .invalidContentLength: "invalid Content-Length, or one beside Transfer-Encoding"
        case .unexpectedContentLength: "more than one Content-Length, or one beside Transfer-Encoding"
        case .invalidChunkSize: "invalid chunk size"
        default: "malformed HTTP request"
        }
    }
}

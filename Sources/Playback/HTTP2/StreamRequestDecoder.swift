internal import NIOCore
internal import NIOHPACK
internal import NIOHTTP1
internal import NIOHTTP2
internal import NIOHTTPCompression

/// Makes the parts of an HTTP/1 request of the frames of a stream, for the handlers that know those.
///
/// The frames are sound when they come here: swift-nio-http2 resets streams whose fields are illegal. What is looked at
/// here is what is answered with a status.
final class StreamRequestDecoder: ChannelInboundHandler {
    typealias InboundIn = HTTP2Frame.FramePayload
    typealias InboundOut = HTTPServerRequestPart

    private enum State {
        case awaitingHead
        case awaitingBody
        case ended
    }

    private static let fieldCountLimit = 1000

    private let configuration: PlaybackConfiguration
    private var state = State.awaitingHead
    private var announcedByteCount: Int?
    private var receivedByteCount = 0
    /// Until when more of the body has to come.
    private var deadline: NIODeadline?
    private var timer: NIOScheduledCallback?
    private var context: ChannelHandlerContext?

    init(configuration: PlaybackConfiguration) {
        self.configuration = configuration
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        timer?.cancel()
        timer = nil
        self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch (state, unwrapInboundIn(data)) {
        case (.awaitingHead, .headers(let frame)):
            begin(frame.headers, context)
            if frame.endStream { end(context) }
        case (.awaitingBody, .data(let frame)):
            guard case .byteBuffer(let bytes) = frame.data else { return }
            receivedByteCount += bytes.readableBytes
            context.fireChannelRead(wrapInboundOut(.body(bytes)))
            if frame.endStream { end(context) }
        case (.awaitingBody, .headers(let frame)) where frame.endStream:
            // Trailers, which nobody looks at.
            end(context)
        default:
            break
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if case .awaitingBody = state {
            deadline = context.eventLoop.now + configuration.bodyTimeout
            if timer == nil { schedule(context) }
        }
        context.fireChannelReadComplete()
    }

    private func begin(_ headers: HPACKHeaders, _ context: ChannelHandlerContext) {
        let block = RequestBlock(headers)
        guard block.byteCount <= configuration.headByteLimit, headers.count <= Self.fieldCountLimit else {
            refuse(.headTooLarge, context)
            return
        }
        state = .awaitingBody
        announcedByteCount = block.contentLength
        if block.isEncoded { addDecompressor(context) }
        context.fireChannelRead(wrapInboundOut(.head(block.head)))
    }

    private func end(_ context: ChannelHandlerContext) {
        guard case .awaitingBody = state else { return }
        if let announcedByteCount, announcedByteCount != receivedByteCount {
            // RFC 9113 §8.1.1: malformed; an answer may say so.
            let reason = "the body has \(receivedByteCount) bytes, Content-Length says \(announcedByteCount)"
            refuse(.malformed(reason), context)
            return
        }
        state = .ended
        timer?.cancel()
        timer = nil
        context.fireChannelRead(wrapInboundOut(.end(nil)))
    }

    private func refuse(_ refusal: Refusal, _ context: ChannelHandlerContext) {
        state = .ended
        timer?.cancel()
        timer = nil
        context.fireErrorCaught(RefusalError(refusal: refusal))
    }

    /// Most streams have no content coding and are spared the handler.
    private func addDecompressor(_ context: ChannelHandlerContext) {
        let decompressor = NIOHTTPRequestDecompressor(limit: .size(configuration.bodyByteLimit))
        try? context.pipeline.syncOperations.addHandler(decompressor, position: .after(self))
    }
}

extension StreamRequestDecoder: NIOScheduledCallbackHandler {
    private func schedule(_ context: ChannelHandlerContext) {
        guard let deadline else { return }
        // Handlers live on their channel's loop, so does this call; it fails only when the loop is shutting down.
        timer = try? context.eventLoop.assumeIsolated().scheduleCallback(at: deadline, handler: self)
    }

    func handleScheduledCallback(eventLoop: some EventLoop) {
        timer = nil
        guard let context, let deadline, case .awaitingBody = state else { return }
        // Bytes that came meanwhile have moved it.
        guard deadline <= eventLoop.now else { return schedule(context) }
        refuse(.timeout, context)
    }
}

@available(*, unavailable)
extension StreamRequestDecoder: Sendable {}

/// A request that is to be refused, found below the handler that words refusals.
struct RefusalError: Error {
    let refusal: Refusal
}

/// What the fields of a stream say, found in one pass (RFC 9113 §8.3.1).
private struct RequestBlock {
    private(set) var head: HTTPRequestHead
    /// Of names and values.
    private(set) var byteCount = 0
    private(set) var contentLength: Int?
    /// Whether the body has a content coding.
    private(set) var isEncoded = false

    init(_ block: HPACKHeaders) {
        var method = ""
        var path: String?
        var authority: String?
        var cookies: [String] = []
        var hasHost = false
        // The first place is for the authority as the host.
        var fields: [(String, String)] = [("host", "")]
        fields.reserveCapacity(block.count + 1)
        for (name, value, _) in block {
            byteCount += name.utf8.count + value.utf8.count
            switch name {
            case ":method": method = value
            case ":path": path = value
            case ":authority": authority = value
            case "cookie": cookies.append(value)
            case _ where name.utf8.first == UInt8(ascii: ":"): break
            default:
                switch name {
                case "host": hasHost = true
                case "content-length" where contentLength == nil: contentLength = Int(value)
                case "content-encoding": isEncoded = true
                default: break
                }
                fields.append((name, value))
            }
        }
        // As one field, for those who know no other (RFC 9113 §8.2.3).
        if !cookies.isEmpty { fields.append(("cookie", cookies.joined(separator: "; "))) }
        if let authority, !hasHost { fields[0].1 = authority } else { fields.removeFirst() }
        head = HTTPRequestHead(
            version: HTTPVersion(major: 2, minor: 0),
            method: HTTPMethod(rawValue: method),
            // CONNECT has no path.
            uri: path ?? authority ?? "",
            headers: HTTPHeaders(fields)
        )
    }
}

internal import NIOCore
internal import NIOTLS

/// Finds out which protocol a new connection speaks.
///
/// HTTP/2 is spoken where TLS has negotiated it (RFC 7301), or where the first bytes are the preface of a client that
/// knows beforehand (RFC 9113 §3.3 and §3.4). All else is HTTP/1. With the first bytes that decide it this handler has
/// the others added and leaves, so that nothing of it is on the way of later ones.
///
/// Sits above the handler of timeouts: a preface that does not go on is a head that does not.
final class ProtocolDetector: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    enum Version {
        case http1, http2
    }

    private static let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)

    private let addHandlers: (any Channel, Version) throws -> Void
    /// The beginning of what may become a preface.
    private var held: ByteBuffer?
    private var isDecided = false
    private var isLeaving = false

    /// - Parameter addHandlers: adds what speaks a protocol above this handler.
    init(addHandlers: @escaping (any Channel, Version) throws -> Void) {
        self.addHandlers = addHandlers
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case TLSUserEvent.handshakeCompleted(negotiatedProtocol: "h2"):
            decide(.http2, context)
        case ChannelEvent.inputClosed:
            // No more will come of it.
            decide(.http1, context)
        default:
            break
        }
        context.fireUserInboundEventTriggered(event)
        leaveIfDecided(context)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isDecided else {
            context.fireChannelRead(data)
            return
        }
        var bytes = unwrapInboundIn(data)
        if var earlier = held {
            earlier.writeBuffer(&bytes)
            bytes = earlier
        }
        held = bytes
        if !bytes.readableBytesView.starts(with: Self.preface.prefix(bytes.readableBytes)) {
            decide(.http1, context)
        } else if bytes.readableBytes >= Self.preface.count {
            decide(.http2, context)
        }
        leaveIfDecided(context)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard isDecided || error is RequestTimeoutHandler.TimeoutError else {
            context.close(promise: nil)
            return
        }
        decide(.http1, context)
        context.fireErrorCaught(error)
        leaveIfDecided(context)
    }

    private func decide(_ version: Version, _ context: ChannelHandlerContext) {
        guard !isDecided else { return }
        isDecided = true
        do {
            try addHandlers(context.channel, version)
        } catch {
            // The connection was closed meanwhile.
            context.close(promise: nil)
            return
        }
        guard let bytes = held else { return }
        held = nil
        context.fireChannelRead(wrapInboundOut(bytes))
    }

    /// Last of all, as nothing can be passed on afterwards.
    private func leaveIfDecided(_ context: ChannelHandlerContext) {
        guard isDecided, !isLeaving else { return }
        isLeaving = true
        context.pipeline.syncOperations.removeHandler(context: context, promise: nil)
    }
}

@available(*, unavailable)
extension ProtocolDetector: Sendable {}

internal import NIOCore
internal import NIOHTTP1

/// Reads a request whole and sends what ``UpstreamAnswer`` says to it.
final class UpstreamHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = ByteBuffer

    private var body = ByteBuffer()

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head: body.clear()
        case .body(var bytes): body.writeBuffer(&bytes)
        case .end: answer(UpstreamAnswer(to: body), context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}

extension UpstreamHandler {
    private func answer(_ answer: UpstreamAnswer, _ context: ChannelHandlerContext) {
        var first = ByteBuffer(string: answer.head)
        switch answer {
        case .document(let number):
            first.writeString(UpstreamAnswer.document(number: number))
            context.writeAndFlush(wrapOutboundOut(first), promise: nil)
        case .events:
            for event in UpstreamAnswer.eventChunks {
                first.writeImmutableBuffer(event.framed)
            }
            first.writeString("0\r\n\r\n")
            context.writeAndFlush(wrapOutboundOut(first), promise: nil)
        case .paced:
            first.writeImmutableBuffer(UpstreamAnswer.pacedChunks[0].framed)
            context.writeAndFlush(wrapOutboundOut(first), promise: nil)
            let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
            sendPaced(1, at: context.eventLoop.now + UpstreamAnswer.pace, bound)
        }
    }

    /// One chunk at its time, and the next one a pace after that time, however late this one was.
    private func sendPaced(_ index: Int, at deadline: NIODeadline, _ context: NIOLoopBound<ChannelHandlerContext>) {
        let handler = NIOLoopBound(self, eventLoop: context.value.eventLoop)
        context.value.eventLoop.scheduleTask(deadline: deadline) {
            var bytes = UpstreamAnswer.pacedChunks[index].framed
            let isLast = index == UpstreamAnswer.pacedChunkCount - 1
            if isLast { bytes.writeString("0\r\n\r\n") }
            context.value.writeAndFlush(handler.value.wrapOutboundOut(bytes), promise: nil)
            if !isLast { handler.value.sendPaced(index + 1, at: deadline + UpstreamAnswer.pace, context) }
        }
    }
}

@available(*, unavailable)
extension UpstreamHandler: Sendable {}

extension ByteBuffer {
    /// As a chunk of a chunked body (RFC 9112 §7.1).
    fileprivate var framed: ByteBuffer {
        var framed = ByteBuffer(string: String(readableBytes, radix: 16) + "\r\n")
        framed.writeImmutableBuffer(self)
        framed.writeString("\r\n")
        return framed
    }
}

internal import NIOCore

/// One connection: sends a request when told to, and tells when its answer is complete.
final class ExchangeHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let expectation: AnswerReader.Expectation
    private var reader: AnswerReader
    private var context: ChannelHandlerContext?
    private var sentAt: NIODeadline?
    private var isClosing = false

    /// Called with the nanoseconds from sending a request to the last byte of its answer.
    var onAnswer: ((Int64) -> Void)?
    /// Called once when the connection fails or an answer is wrong.
    var onFailure: ((any Error) -> Void)?

    init(_ expectation: AnswerReader.Expectation) {
        self.expectation = expectation
        reader = AnswerReader(expectation)
    }

    func send(_ request: ByteBuffer) {
        guard let context else { return }
        sentAt = context.eventLoop.now
        context.writeAndFlush(wrapOutboundOut(request), promise: nil)
    }

    func close() {
        isClosing = true
        context?.close(promise: nil)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        do {
            guard try reader.read(unwrapInboundIn(data)) == .complete else { return }
        } catch {
            fail(error)
            return
        }
        guard let sentAt else { return fail(AnswerError("got an answer without a request")) }
        self.sentAt = nil
        onAnswer?((context.eventLoop.now - sentAt).nanoseconds)
    }

    func channelInactive(context: ChannelHandlerContext) {
        if !isClosing { fail(AnswerError("the server closed a connection")) }
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        fail(error)
    }

    private func fail(_ error: any Error) {
        guard !isClosing else { return }
        isClosing = true
        context?.close(promise: nil)
        onFailure?(error)
    }
}

@available(*, unavailable)
extension ExchangeHandler: Sendable {}

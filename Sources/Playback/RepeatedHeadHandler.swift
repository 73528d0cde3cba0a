internal import NIOCore
internal import NIOHTTP1

/// Takes requests past the decoder whose heads came before: a thin shell over ``RepeatedHeads``.
///
/// Sits below the decoder and hands such requests to the assembler above it.
final class RepeatedHeadHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let assembler: RequestAssembler
    private var heads: RepeatedHeads
    private var isReading = false
    /// What came meanwhile.
    private var unread: ByteBuffer?

    init(assembler: RequestAssembler, bodyByteLimit: Int) {
        self.assembler = assembler
        heads = RepeatedHeads(bodyByteLimit: bodyByteLimit)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        // Who answers at once may have more read before the bytes in hand are at their end.
        guard !isReading else {
            unread.setOrWriteBuffer(&bytes)
            return
        }
        isReading = true
        defer { isReading = false }
        read(&bytes, context)
        while var more = unread {
            unread = nil
            read(&more, context)
        }
    }

    private func read(_ bytes: inout ByteBuffer, _ context: ChannelHandlerContext) {
        while let step = heads.next(&bytes) {
            switch step {
            case .begin(let opened):
                assembler.begin(opened)
            case .body(let piece):
                assembler.receive(.body(piece))
            case .end:
                assembler.receive(.end(nil))
            case .decodeHead(let head):
                context.fireChannelRead(wrapInboundOut(head))
                heads.decoded(assembler.takeOpened())
            case .decode(let piece):
                context.fireChannelRead(wrapInboundOut(piece))
            }
        }
    }
}

@available(*, unavailable)
extension RepeatedHeadHandler: Sendable {}

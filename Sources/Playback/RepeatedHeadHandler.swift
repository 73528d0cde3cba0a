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

    init(assembler: RequestAssembler, bodyByteLimit: Int) {
        self.assembler = assembler
        heads = RepeatedHeads(bodyByteLimit: bodyByteLimit)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
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

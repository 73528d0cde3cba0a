internal import Synchronization

/// A tape and its wire form for the usual exchange: a keep-alive HTTP/1.1 request that is not HEAD.
package final class LoweredTape: Sendable {
    package let tape: Tape
    package let wire: WireTape
    /// What journals keep of it: made once, as it is played often.
    package let excerpt: TapeExcerpt

    /// The same for HTTP/2, once somebody has asked by it.
    private let stream = Mutex<StreamTape?>(nil)

    package init(_ tape: Tape) {
        self.tape = tape
        wire = WireEncoder.lower(tape, for: .usual)
        excerpt = TapeExcerpt(tape)
    }

    /// What is sent for it on a stream of HTTP/2.
    func loweredToStream(for context: ExchangeContext) -> StreamTape {
        guard context == .usual else { return StreamEncoder.lower(tape, for: context) }
        if let made = stream.withLock({ $0 }) { return made }
        // Two that ask at once both make it, which does no harm; a loop never waits for the other.
        let made = StreamEncoder.lower(tape, for: context)
        stream.withLock { $0 = made }
        return made
    }
}

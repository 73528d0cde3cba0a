internal import HTTPTypes
internal import NIOCore
internal import Tapes

/// Plays an answer that is still coming: one of the two places where playing leaves the event loop.
struct LivePlayback: Sendable {
    let live: LiveTape
    let exchange: ExchangeContext
    let start: NIODeadline
    let channel: any Channel

    func run() async -> PlaybackReport {
        let head = WireEncoder.lowerHead(live.head, for: exchange)
        do {
            try await perform(.begin(head.bytes, start: start))
            for await event in live.events {
                switch event {
                case .body(let bytes):
                    guard head.sendsBody, bytes.readableBytes > 0 else { continue }
                    var framed = ByteBuffer()
                    WireEncoder.write(bytes, isChunked: head.isChunked, into: &framed)
                    try await perform(.send(framed))
                case .end(let ending, let trailers):
                    if ending == .complete, head.sendsBody, head.isChunked {
                        var last = ByteBuffer()
                        WireEncoder.writeLastChunk(trailers, into: &last)
                        try await perform(.send(last))
                    }
                    return try await perform(.end(ending, isPersistent: head.isPersistent))
                }
            }
            // The sequence ended without a word about the end: its maker was cancelled.
            return try await perform(.end(.reset, isPersistent: false))
        } catch {
            return PlaybackReport(outcome: .cancelled)
        }
    }

    /// Carries a command to the player and waits until it is done, which is the back-pressure.
    @discardableResult
    private func perform(_ kind: PlayCommand.Kind) async throws -> PlaybackReport {
        let promise = channel.eventLoop.makePromise(of: PlaybackReport.self)
        channel.triggerUserOutboundEvent(PlayCommand(kind, promise: promise), promise: nil)
        return try await promise.futureResult.get()
    }
}

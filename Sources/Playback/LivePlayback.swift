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
        let played = channel.eventLoop.makePromise(of: PlaybackReport.self)
        return await withTaskGroup(of: Void.self) { group in
            group.addTask { await send(played) }
            // There is a report as soon as the client leaves, also while the maker of the answer is silent.
            let report = try? await played.futureResult.get()
            // Ends the sequence, which tells its maker.
            group.cancelAll()
            return report ?? PlaybackReport(outcome: .cancelled)
        }
    }

    private func send(_ played: EventLoopPromise<PlaybackReport>) async {
        let head = WireEncoder.lowerHead(live.head, for: exchange)
        do {
            try await perform(.begin(head.bytes, start: start, played: played))
            var chunks = ChunkWriter(isChunked: head.isChunked)
            for await event in live.events {
                var buffer = ByteBuffer()
                switch event {
                case .body(let bytes, let chunk):
                    guard head.sendsBody else { continue }
                    chunks.write(bytes, chunk, into: &buffer)
                    try await perform(.send(buffer))
                case .end(let ending, let trailers):
                    if ending == .complete, head.sendsBody {
                        chunks.finish(trailers, into: &buffer)
                        try await perform(.send(buffer))
                    }
                    end(ending, isPersistent: head.isPersistent)
                    return
                }
            }
            // The sequence ended without a word about the end: its maker was cancelled.
            end(.reset, isPersistent: false)
        } catch {
            played.fail(error)
        }
    }

    /// Carries a command to the player and waits until it is done, which is the back-pressure.
    private func perform(_ kind: PlayCommand.Kind) async throws {
        let promise = channel.eventLoop.makePromise(of: PlaybackReport.self)
        channel.triggerUserOutboundEvent(PlayCommand(kind, promise: promise), promise: nil)
        _ = try await promise.futureResult.get()
    }

    private func end(_ ending: Ending, isPersistent: Bool) {
        channel.triggerUserOutboundEvent(PlayCommand(.end(ending, isPersistent: isPersistent)), promise: nil)
    }
}

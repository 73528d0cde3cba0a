internal import HTTPTypes
internal import NIOCore
internal import Synchronization
internal import Tapes

/// Plays an answer that is still coming: the one place where playing leaves the event loop.
///
/// Bytes go to the player without waiting for each write; only a client that is far behind is waited for.
final class LivePlayback: LiveStage {
    private struct State {
        var chunks: ChunkWriter
        /// Bytes sent since the last wait.
        var unawaitedByteCount = 0
        var hasEnded = false
    }

    private static let unawaitedByteLimit = 256 * 1024

    private let live: LiveTape
    private let start: NIODeadline
    private let channel: any Channel
    private let played: EventLoopPromise<PlaybackReport>
    private let sendsBody: Bool
    private let isPersistent: Bool
    private let isStream: Bool
    private let headBytes: ByteBuffer
    private let state: Mutex<State>

    /// - Parameters:
    ///   - live: the answer, with its head.
    ///   - exchange: what the request says about the form of the answer.
    ///   - start: the end of the request; gaps count from here.
    ///   - channel: the connection, or a stream of it.
    ///   - isStream: whether it is a stream of HTTP/2.
    ///   - played: completed with the report of the whole answer; when the client leaves at once, also while the maker
    ///     of the answer is silent.
    init(
        live: LiveTape,
        exchange: ExchangeContext,
        start: NIODeadline,
        channel: any Channel,
        isStream: Bool = false,
        played: EventLoopPromise<PlaybackReport>
    ) {
        let head = WireEncoder.lowerHead(live.head, for: exchange)
        self.live = live
        self.start = start
        self.channel = channel
        self.played = played
        headBytes = head.bytes
        sendsBody = head.sendsBody
        isPersistent = head.isPersistent
        self.isStream = isStream
        state = Mutex(State(chunks: ChunkWriter(isChunked: head.isChunked && !isStream)))
    }

    func run() async {
        perform(.begin(headBytes, start: start, played: played), parts: StreamTape.Parts(heads: [live.head]))
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                await self.live.play(self)
                // A maker that goes without a word has died.
                if !self.state.withLock({ $0.hasEnded }) { self.perform(.end(.reset, isPersistent: false)) }
            }
            // A maker that waits for an upstream hears at once that nobody waits for it any more.
            _ = try? await played.futureResult.get()
            group.cancelAll()
        }
    }

    func send(_ bytes: ByteBuffer, _ chunk: Frame.Chunk) async throws(ClientGoneError) {
        guard channel.isActive else { throw ClientGoneError() }
        guard sendsBody else { return }
        let (framed, waits) = state.withLock { state in
            var framed = ByteBuffer()
            state.chunks.write(bytes, chunk, into: &framed)
            state.unawaitedByteCount += framed.readableBytes
            let waits = state.unawaitedByteCount > Self.unawaitedByteLimit
            if waits { state.unawaitedByteCount = 0 }
            return (framed, waits)
        }
        guard waits else { return perform(.send(framed)) }
        let written = channel.eventLoop.makePromise(of: Void.self)
        perform(.send(framed), written)
        do {
            try await written.futureResult.get()
        } catch {
            throw ClientGoneError()
        }
    }

    func end(_ ending: Ending, trailers: HTTPFields) async {
        var parts = StreamTape.Parts()
        if ending == .complete, sendsBody {
            parts.trailers = trailers
            var last = ByteBuffer()
            state.withLock { $0.chunks.finish(trailers, into: &last) }
            if last.readableBytes > 0 { perform(.send(last)) }
        }
        // Closing is how this framing completes a message: a regular close, not a cut.
        let isRegularClose = ending == .close && live.head.framing == .untilClose
        perform(.end(isRegularClose ? .complete : ending, isPersistent: isPersistent), parts: parts)
        state.withLock { $0.hasEnded = true }
        _ = try? await played.futureResult.get()
    }

    private func perform(
        _ kind: PlayCommand.Kind,
        parts: StreamTape.Parts? = nil,
        _ written: EventLoopPromise<Void>? = nil
    ) {
        let command = PlayCommand(kind, parts: isStream ? parts : nil, written: written)
        // The connection is gone, and the player with it: nobody else would complete these.
        let fail: @Sendable (any Error) -> Void = { [played] error in
            written?.fail(error)
            played.fail(error)
        }
        guard !isStream else {
            // A stream that is gone swallows events, and their promises.
            channel.eventLoop.execute { [channel] in
                guard channel.isActive else { return fail(ClientGoneError()) }
                channel.triggerUserOutboundEvent(command, promise: nil)
            }
            return
        }
        let handed = channel.eventLoop.makePromise(of: Void.self)
        handed.futureResult.whenFailure(fail)
        channel.triggerUserOutboundEvent(command, promise: handed)
    }
}

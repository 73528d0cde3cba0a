internal import AsyncHTTPClient
internal import HTTPTypes
internal import Logging
internal import NIOCore
internal import NIOHTTP1
internal import NIOSSL
internal import Tapes

/// Reads one answer from the upstream to its end, passes it on and keeps it.
struct RecordingSession: Sendable {
    let response: Upstream.Response
    var draft: RecordingDraft
    let sink: (any InteractionSink)?
    let output: AsyncStream<LiveTape.Event>.Continuation
    let logger: Logger

    private var recording: Int64?

    init(
        response: Upstream.Response,
        draft: RecordingDraft,
        sink: (any InteractionSink)?,
        output: AsyncStream<LiveTape.Event>.Continuation,
        logger: Logger
    ) {
        self.response = response
        self.draft = draft
        self.sink = sink
        self.output = output
        self.logger = logger
    }

    /// Cancelled when the client leaves; what has come until then is kept.
    consuming func run() async {
        var session = self
        await session.read()
    }

    private mutating func read() async {
        var completion = AnswerCompletion(response.head)
        var chunks = ChunkTracker(response.raw)
        do {
            for try await bytes in response.body {
                let chunk = chunks.place(bytes)
                draft.append(bytes, chunk, now: .now)
                if completion.completes(with: bytes) { await keep(.finished) }
                output.yield(.body(bytes, chunk))
            }
            // A cancelled read ends without an error.
            try Task.checkCancellation()
            let trailers = response.body.trailers.map { HTTPFields($0) } ?? [:]
            await end(endsWithConnection ? .close : .complete, trailers: trailers, .finished)
        } catch {
            guard Task.isCancelled else {
                await end(ending(for: error), trailers: [:], .finished)
                return
            }
            // A client that closes right after the marker has had the answer; its end is not worth waiting for.
            if completion.isComplete {
                await end(.complete, trailers: [:], .finished)
            } else {
                await end(.close, trailers: [:], .clientLeft)
            }
        }
    }

    private mutating func end(_ ending: Ending, trailers: HTTPFields, _ completion: Interaction.Completion) async {
        draft.end(ending, trailers: trailers, now: .now)
        await keep(completion)
        output.yield(.end(ending, trailers: trailers))
        output.finish()
    }

    private mutating func keep(_ completion: Interaction.Completion) async {
        guard let sink else { return }
        do {
            recording = try await sink.store(draft.interaction(completion), replacing: recording)
        } catch {
            logger.error("recording failed: \(error)")
        }
    }

    /// Whether closing was how the upstream ended the body.
    private var endsWithConnection: Bool {
        response.head.framing == .untilClose && !response.head.forbidsBody && !draft.isHead
    }

    private func ending(for error: any Error) -> Ending {
        switch error {
        case let error as HTTPClientError where error == .remoteConnectionClosed || error == .uncleanShutdown: .close
        case let error as HTTPParserError where error == .invalidEOFState: .close
        case is NIOSSLError: .close
        default: .reset
        }
    }
}

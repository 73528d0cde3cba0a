internal import AsyncHTTPClient
internal import HTTPTypes
internal import Logging
internal import NIOCore
internal import NIOHTTP1
internal import NIOSSL
internal import Tapes

/// Reads one answer from the upstream to its end, passes it on and keeps it.
struct RecordingSession {
    let response: Upstream.Response
    var draft: RecordingDraft
    let sink: (any InteractionSink)?
    let logger: Logger
    private var recording: Int64?
    /// Why the latest attempt to keep the answer failed; nil when it did not.
    private var failure: String?

    /// Silence after which a client that leaves is taken to have given up, rather than to have had enough.
    private static let stallThreshold = Duration.seconds(2)

    init(response: Upstream.Response, draft: RecordingDraft, sink: (any InteractionSink)?, logger: Logger) {
        self.response = response
        self.draft = draft
        self.sink = sink
        self.logger = logger
    }

    /// Whether nothing of the answer could be kept.
    var isLost: Bool { recording == nil && failure != nil }

    /// Plays the answer to its end, or until the client leaves, which cancels the task; what has come is kept.
    mutating func play(on stage: any LiveStage) async {
        var completion = AnswerCompletion(response.head)
        var chunks = ChunkTracker(response.raw)
        do {
            for try await bytes in response.body {
                let chunk = chunks.place(bytes)
                draft.append(bytes, chunk, now: .now)
                if completion.completes(with: bytes) { await keep(.finished) }
                try await stage.send(bytes, chunk)
            }
            // A cancelled read ends without an error.
            try Task.checkCancellation()
            let trailers = response.body.trailers.map { HTTPFields($0) } ?? [:]
            await end(endsWithConnection ? .close : .complete, trailers, .finished, stage)
        } catch let error where error is ClientGoneError || Task.isCancelled {
            if completion.isComplete {
                // A client that closes right after the marker has had the answer; its end is not worth waiting for.
                await end(.complete, [:], .finished, stage)
            } else if draft.silence(until: .now) >= Self.stallThreshold {
                // The client gave up on an upstream that said nothing more: that is how the answer ended.
                await end(.stall, [:], .finished, stage)
            } else {
                await end(.close, [:], .clientLeft, stage)
            }
        } catch {
            await end(ending(for: error), [:], .finished, stage)
        }
    }

    private mutating func end(
        _ ending: Ending,
        _ trailers: HTTPFields,
        _ completion: Interaction.Completion,
        _ stage: any LiveStage
    ) async {
        // The end is stamped with the read that brought it: what was done since must not become part of the tape.
        draft.end(ending, trailers: trailers, now: response.raw?.lastRead ?? .now)
        guard recording != nil, completion == .finished else {
            await keep(completion)
            await stage.end(ending, trailers: trailers)
            return
        }
        // The answer is safe already: the client need not wait for what its end adds to the recording.
        await stage.end(ending, trailers: trailers)
        if draft.endAddsAnything { await keep(completion) }
    }

    private mutating func keep(_ completion: Interaction.Completion) async {
        guard let sink else { return }
        do {
            recording = try await sink.store(draft.interaction(completion), replacing: recording)
            failure = nil
        } catch {
            let reason = "\(error)"
            // The end of the answer is another attempt, which mostly fails for the same reason.
            if failure != reason { logger.error("recording failed: \(reason)") }
            failure = reason
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

internal import ArgumentParser
internal import Foundation
internal import HTTPTypes
internal import Logging
internal import NIOCore
internal import Recording
internal import Synchronization
internal import Tapes

/// A live API to be asked one request after the other; nothing is recorded.
struct LiveAPI: Sendable {
    private let upstream: Upstream
    private let recorder: Recorder

    init(_ configuration: UpstreamConfiguration) throws {
        upstream = try Upstream(configuration)
        recorder = Recorder(
            upstream: upstream,
            sink: nil,
            microsecondsSince1970: { 0 },
            logger: Logger(label: "openrouter-sim") { _ in SwiftLogNoOpLogHandler() }
        )
    }

    /// The key of the live API, from the environment.
    ///
    /// - Parameter option: what needs it, for the message.
    /// - Returns: the key.
    /// - Throws: `ValidationError` when there is none.
    static func key(for option: String) throws -> String {
        guard let key = ProcessInfo.processInfo.environment["OPENROUTER_API_KEY"], !key.isEmpty else {
            throw ValidationError("Missing the variable OPENROUTER_API_KEY: '\(option)' needs a key of the live API.")
        }
        return key
    }

    /// - Throws: `UpstreamFailure` when there is no answer.
    func answer(_ request: Request) async throws -> Tape {
        let live = try await recorder.answer(request)
        let collector = TapeCollector()
        await live.play(collector)
        return collector.tape(head: live.head, origin: live.origin)
    }

    func shutdown() async throws {
        try await upstream.shutdown()
    }
}

/// A stage without an audience: keeps what is played.
private final class TapeCollector: LiveStage {
    private struct State {
        var frames: [Frame] = []
        var ending = Ending.complete
        var trailers: HTTPFields = [:]
    }

    private let state = Mutex(State())

    func send(_ bytes: ByteBuffer, _ chunk: Frame.Chunk) async throws(ClientGoneError) {
        state.withLock { $0.frames.append(Frame(bytes: bytes, chunk: chunk)) }
    }

    func end(_ ending: Ending, trailers: HTTPFields) async {
        state.withLock { state in
            state.ending = ending
            state.trailers = trailers
        }
    }

    func tape(head: ResponseHead, origin: Origin) -> Tape {
        state.withLock { state in
            Tape(
                head: head,
                frames: state.frames,
                trailers: state.trailers,
                ending: state.ending,
                origin: origin
            )
        }
    }
}

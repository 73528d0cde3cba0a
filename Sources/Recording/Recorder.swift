internal import AsyncHTTPClient
internal import HTTPTypes
package import Logging
internal import NIOCore
internal import NIOHTTP1
package import Tapes

/// Passes requests on to the upstream, and answers back as they arrive, keeping what passes.
///
/// Nothing is delayed but the last bytes: those that give a client the answer in full wait until the recording is safe,
/// so that a crash at any moment loses no answer that a client has had.
package struct Recorder: Sendable {
    private let upstream: Upstream
    private let sink: (any InteractionSink)?
    private let microsecondsSince1970: @Sendable () -> Int64
    private let logger: Logger
    private let sessions = SessionCount()

    /// - Parameters:
    ///   - upstream: where requests go.
    ///   - sink: nil to pass on without recording.
    ///   - microsecondsSince1970: the wall clock.
    ///   - logger: told of recordings that cannot be kept.
    package init(
        upstream: Upstream,
        sink: (any InteractionSink)?,
        microsecondsSince1970: @escaping @Sendable () -> Int64,
        logger: Logger
    ) {
        self.upstream = upstream
        self.sink = sink
        self.microsecondsSince1970 = microsecondsSince1970
        self.logger = logger
    }

    /// Where a browser finds a page of the upstream's that is no part of the API.
    package func pageURL(_ target: RequestTarget) -> String {
        upstream.configuration.pageURL(target)
    }

    /// How many answers were passed on and could not be kept.
    package var lostCount: Int { sessions.lostCount }

    /// Returns when every answer that was under way is played and kept.
    package func finish() async {
        await sessions.waitUntilIdle()
    }

    /// Forwards a request and returns as soon as the upstream's head is there.
    ///
    /// - Throws: ``UpstreamFailure`` when the upstream gives no answer; then nothing is recorded.
    package func answer(_ request: Request) async throws(UpstreamFailure) -> LiveTape {
        let start = ContinuousClock.now
        let recordedAt = microsecondsSince1970()
        let response = try await upstream.send(request)
        let head = response.head
        let draft = RecordingDraft(
            request: request,
            head: head,
            url: upstream.configuration.url,
            recordedAt: recordedAt,
            start: start,
            now: .now
        )
        let session = RecordingSession(response: response, draft: draft, sink: sink, logger: logger)
        return LiveTape(head: head, origin: Origin(.upstream(url: upstream.configuration.url))) { stage in
            sessions.enter()
            var session = session
            await session.play(on: stage)
            sessions.leave(isLost: session.isLost)
        }
    }
}

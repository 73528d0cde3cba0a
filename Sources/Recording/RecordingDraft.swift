internal import HTTPTypes
internal import NIOCore
internal import Tapes

/// A recording as it grows: the wire's bytes with the time of each.
struct RecordingDraft {
    private let request: Request
    private let recordedAt: Int64
    private let start: ContinuousClock.Instant
    private var last: ContinuousClock.Instant
    private var tape: Tape

    /// - Parameters:
    ///   - request: as the client sent it.
    ///   - head: as the upstream sent it.
    ///   - url: the upstream's.
    ///   - recordedAt: when the request had come in full, in microseconds since 1970.
    ///   - start: the same moment; gaps count from here.
    ///   - now: when the head came.
    init(
        request: Request,
        head: ResponseHead,
        url: String,
        recordedAt: Int64,
        start: ContinuousClock.Instant,
        now: ContinuousClock.Instant
    ) {
        self.request = request
        self.recordedAt = recordedAt
        self.start = start
        last = now
        tape = Tape(headGap: now - start, head: head, origin: Origin(.upstream(url: url)))
    }

    mutating func append(_ bytes: ByteBuffer, _ chunk: Frame.Chunk, now: ContinuousClock.Instant) {
        tape.frames.append(Frame(gap: now - last, bytes: bytes, chunk: chunk))
        last = now
    }

    mutating func end(_ ending: Ending, trailers: HTTPFields, now: ContinuousClock.Instant) {
        tape.endingGap = max(.zero, now - last)
        tape.ending = ending
        tape.trailers = trailers
        last = now
    }

    /// Whether the end says more than that a body of announced length is complete.
    var endAddsAnything: Bool {
        guard case .sized = tape.head?.framing, tape.ending == .complete else { return true }
        return !tape.trailers.isEmpty
    }

    /// Time since the upstream's last byte.
    func silence(until now: ContinuousClock.Instant) -> Duration {
        now - last
    }

    var isHead: Bool { request.method == .head }

    func interaction(_ completion: Interaction.Completion) -> Interaction {
        Interaction(request: request, tape: tape, recordedAt: recordedAt, completion: completion)
    }
}

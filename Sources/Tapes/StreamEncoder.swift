internal import HTTPTypes
internal import NIOCore

/// Lowers tapes to what HTTP/2 sends on a stream (RFC 9113 §8.1).
///
/// Frames of the tape that are due at the same moment share DATA frames, as they would come out of one read of a socket;
/// none is split that fits into one, so that an event that was whole stays whole. A frame with a gap before it begins a
/// DATA frame. What only HTTP/1 has is left out: transfer codings, the fields of the connection, reason phrases.
package enum StreamEncoder {
    /// What becomes of the boundaries between the frames of a tape.
    package enum Boundaries: Sendable {
        /// Frames without a gap between them are joined, as far as a DATA frame takes them.
        case joined
        /// Each frame is a DATA frame of its own: for answers with faults, whose boundaries are what is tested.
        case kept
    }

    /// DATA frames have at most this many bytes: the smallest limit that a client can set (RFC 9113 §6.5.2).
    package static let frameByteLimit = 16 * 1024

    /// What tells a client to send its body (RFC 9110 §10.1.1), before the answer.
    package static let `continue` = StreamTape(
        wire: WireTape(
            writes: [WireTape.Write(gap: .zero, bytes: ByteBuffer())],
            endingGap: .zero,
            ending: .complete,
            isPersistent: true
        ),
        parts: StreamTape.Parts(heads: [ResponseHead(status: HTTPResponse.Status(code: 100))], isInterim: true)
    )

    package static func lower(
        _ tape: Tape,
        for context: ExchangeContext,
        boundaries: Boundaries = .joined
    ) -> StreamTape {
        guard let head = tape.head else { return lowerHeadless(tape) }
        var builder = FrameBuilder(tape, boundaries)
        builder.wait(tape.headGap)
        builder.append(ByteBuffer())
        var trailers = HTTPFields()
        if sendsBody(head, for: context) {
            for frame in tape.frames {
                builder.wait(frame.gap)
                builder.append(body: frame.bytes)
            }
            if tape.ending == .complete { trailers = tape.trailers }
        }
        builder.wait(tape.endingGap)
        if !trailers.isEmpty { builder.append(ByteBuffer()) }
        return StreamTape(
            wire: builder.finish(ending: ending(of: head, tape.ending)),
            parts: StreamTape.Parts(heads: [head], trailers: trailers)
        )
    }

    /// Whether body bytes may follow the head.
    package static func sendsBody(_ head: ResponseHead, for context: ExchangeContext) -> Bool {
        !context.isHead && !head.forbidsBody
    }

    /// Where HTTP/1 ends a body by closing, HTTP/2 has a regular end; after an informational head it has none.
    package static func ending(of head: ResponseHead, _ ending: Ending) -> Ending {
        switch ending {
        case .complete where head.status.kind == .informational: .stall
        case .close where head.framing == .untilClose: .complete
        default: ending
        }
    }

    /// A stream that dies before its head; bytes that are no HTTP have no place there.
    private static func lowerHeadless(_ tape: Tape) -> StreamTape {
        let isMalformed = tape.frames.contains { $0.bytes.readableBytes > 0 }
        let gap = tape.frames.reduce(tape.headGap) { $0 + $1.gap }
        let wire = WireTape(
            writes: [],
            endingGap: gap + tape.endingGap,
            ending: tape.ending == .complete ? .close : tape.ending,
            isPersistent: true
        )
        return StreamTape(wire: wire, parts: StreamTape.Parts(failure: isMalformed ? .malformed : .broken))
    }
}

/// Collects frames and the gaps before them.
private struct FrameBuilder {
    private let joinsFrames: Bool
    private var writes: [WireTape.Write] = []
    private var pendingGap = Duration.zero
    /// Bytes of the body that are still to come.
    private var remainingByteCount: Int
    /// Whether the last write is a buffer of our own, which more is added to.
    private var isJoining = false

    init(_ tape: Tape, _ boundaries: StreamEncoder.Boundaries) {
        joinsFrames = boundaries == .joined
        remainingByteCount = tape.bodyByteCount
        // Joined frames become few.
        if !joinsFrames { writes.reserveCapacity(tape.frames.count + 2) }
    }

    mutating func wait(_ gap: Duration) {
        pendingGap += gap
    }

    mutating func append(_ bytes: ByteBuffer) {
        writes.append(WireTape.Write(gap: pendingGap, bytes: bytes))
        pendingGap = .zero
        isJoining = false
    }

    /// Cuts what is too long for a frame, so that back-pressure works on large bodies.
    mutating func append(body: ByteBuffer) {
        guard body.readableBytes > 0 else { return }
        if !join(body) {
            var rest = body
            while rest.readableBytes > StreamEncoder.frameByteLimit {
                guard let slice = rest.readSlice(length: StreamEncoder.frameByteLimit) else { return }
                append(slice)
            }
            append(rest)
        }
        remainingByteCount -= body.readableBytes
    }

    /// Adds bytes to the last write where that is one of the body, at the same moment and with room for all of them.
    ///
    /// - Returns: whether they were added.
    private mutating func join(_ body: ByteBuffer) -> Bool {
        // The first write is the head.
        guard joinsFrames, pendingGap == .zero, writes.count > 1 else { return false }
        let last = writes.count - 1
        let byteCount = writes[last].bytes.readableBytes + body.readableBytes
        guard byteCount <= StreamEncoder.frameByteLimit else { return false }
        if !isJoining {
            var bytes = ByteBuffer()
            let lastByteCount = writes[last].bytes.readableBytes
            bytes.reserveCapacity(min(StreamEncoder.frameByteLimit, lastByteCount + remainingByteCount))
            bytes.writeImmutableBuffer(writes[last].bytes)
            writes[last].bytes = bytes
            isJoining = true
        }
        writes[last].bytes.writeImmutableBuffer(body)
        return true
    }

    func finish(ending: Ending) -> WireTape {
        WireTape(writes: writes, endingGap: pendingGap, ending: ending, isPersistent: true)
    }
}

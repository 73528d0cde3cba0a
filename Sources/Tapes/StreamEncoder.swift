internal import HTTPTypes
internal import NIOCore

/// Lowers tapes to what HTTP/2 sends on a stream (RFC 9113 §8.1).
///
/// Each frame of the tape is a DATA frame of its own, so that a recording's chunks keep their boundaries. What only
/// HTTP/1 has is left out: transfer codings, the fields of the connection, reason phrases.
package enum StreamEncoder {
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

    package static func lower(_ tape: Tape, for context: ExchangeContext) -> StreamTape {
        guard let head = tape.head else { return lowerHeadless(tape) }
        var builder = FrameBuilder(capacity: tape.frames.count + 2)
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
    private var writes: [WireTape.Write] = []
    private var pendingGap = Duration.zero

    init(capacity: Int) {
        writes.reserveCapacity(capacity)
    }

    mutating func wait(_ gap: Duration) {
        pendingGap += gap
    }

    mutating func append(_ bytes: ByteBuffer) {
        writes.append(WireTape.Write(gap: pendingGap, bytes: bytes))
        pendingGap = .zero
    }

    /// Cuts what is too long for a frame, so that back-pressure works on large bodies.
    mutating func append(body: ByteBuffer) {
        var body = body
        while body.readableBytes > StreamEncoder.frameByteLimit {
            guard let slice = body.readSlice(length: StreamEncoder.frameByteLimit) else { return }
            append(slice)
        }
        if body.readableBytes > 0 { append(body) }
    }

    func finish(ending: Ending) -> WireTape {
        WireTape(writes: writes, endingGap: pendingGap, ending: ending, isPersistent: true)
    }
}

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
        var lowering = StreamLowering(tape, for: context, boundaries: boundaries)
        var builder = StreamWriteBuilder(tape.frames, boundaries, headCount: 1)
        lowering.begin(&builder)
        lowering.add(tape.frames, to: &builder)
        return StreamTape(wire: lowering.end(&builder), parts: lowering.parts)
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
}

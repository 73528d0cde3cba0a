package import HTTPTypes
package import NIOCore

/// An answer as a value: a head (or none), body frames with gaps between them, an ending.
///
/// Scenarios, cassettes, the synthetic model and the control API make tapes; faults change them;
/// ``WireEncoder`` lowers them to bytes; the player plays them. There is no second way to answer.
///
/// Written as a diagram, see ``Tape/init(diagram:tick:)``:
/// ```
/// 200 a-b--c|      head, three frames, gaps of one and two ticks, complete
/// 200 a-b^         a reset after the second frame
/// ~                silence: no head, no body, no end
/// ```
package struct Tape: Sendable, Hashable {
    /// Time from the end of the request to the head, or to the first frame where there is no head.
    package var headGap: Duration

    /// Status and header fields; nil when the answer dies, or says nonsense, before any head.
    package var head: ResponseHead?

    /// The body, in the order it is sent.
    package var frames: [Frame]

    /// Trailer fields, sent after a chunked body that ends ``Ending/complete``.
    package var trailers: HTTPFields

    /// Time from the last frame (or the head) to the ending.
    package var endingGap: Duration

    /// What happens to the message and the connection after the last frame.
    package var ending: Ending

    /// Where the tape comes from; travels into journal, logs and reports.
    package var origin: Origin

    package init(
        headGap: Duration = .zero,
        head: ResponseHead?,
        frames: [Frame] = [],
        trailers: HTTPFields = [:],
        endingGap: Duration = .zero,
        ending: Ending = .complete,
        origin: Origin
    ) {
        self.headGap = headGap
        self.head = head
        self.frames = frames
        self.trailers = trailers
        self.endingGap = endingGap
        self.ending = ending
        self.origin = origin
    }
}

extension Tape {
    /// Body bytes of all frames together.
    package var bodyByteCount: Int {
        frames.reduce(0) { $0 + $1.bytes.readableBytes }
    }

    /// The body as one buffer.
    package var body: ByteBuffer {
        guard frames.count != 1 else { return frames[0].bytes }
        var body = ByteBuffer()
        body.reserveCapacity(bodyByteCount)
        for frame in frames {
            body.writeImmutableBuffer(frame.bytes)
        }
        return body
    }

    /// Time from the end of the request to the ending when played as it is.
    package var duration: Duration {
        frames.reduce(headGap + endingGap) { $0 + $1.gap }
    }

    /// The same answer without any waiting.
    package func undelayed() -> Tape {
        scalingGaps { _ in .zero }
    }

    /// The same answer with each gap replaced.
    package func scalingGaps(_ transform: (Duration) -> Duration) -> Tape {
        var copy = self
        copy.headGap = transform(headGap)
        for index in copy.frames.indices {
            copy.frames[index].gap = transform(copy.frames[index].gap)
        }
        copy.endingGap = transform(endingGap)
        return copy
    }
}

internal import Cassettes
internal import NIOCore
internal import Simulation
internal import Tapes

/// A recording as it is kept to be played: the answer itself, or of a large one what is needed to read it.
struct LoadedRecording: Sendable {
    /// Larger bodies are read while they are played.
    static let heldBodyByteLimit = 1 << 20

    /// What a recording takes beside its bytes: header fields, their index, and what is booked.
    ///
    /// Measured as resident memory over 10,000 recordings of 1.5 kB.
    private static let recordingByteCount = 6 << 10
    private static let frameByteCount = 96

    let answer: SourcedAnswer
    /// Memory that it holds, about.
    let memoryByteCount: Int

    init(_ tape: Tape, timing: Timing) {
        let lowered = LoweredTape(timing.apply(to: tape))
        answer = SourcedAnswer(answer: .lowered(lowered), booking: RecordedBooking(tape))
        // The body once in its frames, once in its wire form, and once more joined for HTTP/2 where it has several,
        // whether or not somebody will ask by it.
        let frameCount = tape.frames.count
        let bodyByteCount = (frameCount > 1 ? 2 : 1) * tape.bodyByteCount
        memoryByteCount =
            lowered.wire.byteCount + bodyByteCount + Self.recordingByteCount + Self.frameByteCount * frameCount
    }

    /// Reads it through once, so that damage is known before the first byte is sent; blocks on the disk.
    init(_ large: LargeInteraction, timing: Timing) throws(CassetteError) {
        let outline = large.outline.interaction.tape
        var booking = RecordedBookingReader(outline.head)
        var beginning = timing.apply(to: outline)
        try large.readThrough { frames in
            for frame in frames { booking.read(frame.bytes) }
            if beginning.frames.isEmpty {
                beginning.frames = frames.map { frame in
                    Frame(gap: timing.apply(to: frame.gap), bytes: frame.bytes, chunk: frame.chunk)
                }
            }
        }
        let stored = StoredTape(
            outline: outline,
            bodyByteCount: large.bodyByteCount,
            timing: timing,
            excerpt: TapeExcerpt(beginning, bodyByteCount: large.bodyByteCount, frameCount: large.frameCount)
        ) {
            large.read()
        }
        answer = SourcedAnswer(answer: .stored(stored), booking: booking.finish())
        memoryByteCount = large.memoryByteCount + stored.excerpt.byteCount + Self.recordingByteCount
    }
}

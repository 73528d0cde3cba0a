internal import NIOCore
package import Tapes

/// What a journal's entry keeps of its answer.
///
/// A small answer is kept as it is, which costs a reference to its frames; of a large one the beginning is copied, since
/// a slice would keep all of it.
package struct KeptAnswer: Sendable, Hashable {
    /// Bytes of a body that are kept.
    package static let bodyByteLimit = 64 * 1024

    /// Frames that are kept.
    package static let frameLimit = 2_000

    /// What a frame costs beside its bytes; an estimate.
    private static let frameByteCount = 128

    /// Its body may be cut.
    package let tape: Tape
    /// Bytes and frames of the whole body.
    package let bodyByteCount: Int
    package let frameCount: Int

    package init(_ tape: Tape) {
        bodyByteCount = tape.bodyByteCount
        frameCount = tape.frames.count
        guard bodyByteCount > Self.bodyByteLimit || frameCount > Self.frameLimit else {
            self.tape = tape
            return
        }
        var kept = tape
        kept.frames = []
        var room = Self.bodyByteLimit
        for frame in tape.frames.prefix(Self.frameLimit) where room > 0 {
            let bytes = ByteBuffer(bytes: frame.bytes.readableBytesView.prefix(room))
            room -= bytes.readableBytes
            kept.frames.append(Frame(gap: frame.gap, bytes: bytes, chunk: frame.chunk))
        }
        self.tape = kept
    }

    /// Memory that it holds, about.
    var byteCount: Int {
        tape.frames.reduce(Self.frameByteCount) { $0 + $1.bytes.readableBytes + Self.frameByteCount }
    }
}

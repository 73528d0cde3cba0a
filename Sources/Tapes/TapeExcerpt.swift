internal import NIOCore

/// The beginning of an answer, to be looked at later.
///
/// A small answer is kept as it is, which costs a reference to its frames; of a large one the beginning is copied, since
/// a slice would keep all of it.
///
/// A class, so that handing it on costs no copy.
package final class TapeExcerpt: Sendable {
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
    /// Memory that it holds, about.
    package let byteCount: Int

    package convenience init(_ tape: Tape) {
        self.init(tape, bodyByteCount: tape.bodyByteCount, frameCount: tape.frames.count)
    }

    /// - Parameters:
    ///   - tape: with all that is kept of the frames, at least.
    ///   - bodyByteCount: of all frames.
    ///   - frameCount: of all.
    package init(_ tape: Tape, bodyByteCount: Int, frameCount: Int) {
        self.bodyByteCount = bodyByteCount
        self.frameCount = frameCount
        let isCut = bodyByteCount > Self.bodyByteLimit || frameCount > Self.frameLimit
        self.tape = isCut ? tape.beginning(frames: Self.frameLimit, bytes: Self.bodyByteLimit) : tape
        byteCount = self.tape.bodyByteCount + (self.tape.frames.count + 1) * Self.frameByteCount
    }
}

extension Tape {
    /// A copy of so many frames and bytes.
    fileprivate func beginning(frames frameLimit: Int, bytes byteLimit: Int) -> Tape {
        var kept = self
        kept.frames = []
        var room = byteLimit
        for frame in frames.prefix(frameLimit) where room > 0 {
            let bytes = ByteBuffer(bytes: frame.bytes.readableBytesView.prefix(room))
            room -= bytes.readableBytes
            kept.frames.append(Frame(gap: frame.gap, bytes: bytes, chunk: frame.chunk))
        }
        return kept
    }
}

extension TapeExcerpt: Hashable {
    package static func == (left: TapeExcerpt, right: TapeExcerpt) -> Bool {
        left === right
            || (left.tape, left.bodyByteCount, left.frameCount) == (right.tape, right.bodyByteCount, right.frameCount)
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(tape)
    }
}

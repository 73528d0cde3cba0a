package import NIOCore

/// Body bytes that leave together, with the gap before them.
///
/// Under chunked transfer coding a frame is a chunk, so that chunk boundaries survive recording and replay.
package struct Frame: Sendable, Hashable {
    /// Time since the previous frame; for the first frame since the head, for a tape without a head
    /// since the end of the request.
    package var gap: Duration

    /// The bytes, without any transfer coding.
    package var bytes: ByteBuffer

    package init(gap: Duration = .zero, bytes: ByteBuffer) {
        self.gap = gap
        self.bytes = bytes
    }

    package init(gap: Duration = .zero, _ text: String) {
        self.init(gap: gap, bytes: ByteBuffer(string: text))
    }
}

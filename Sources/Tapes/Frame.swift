package import NIOCore

/// Body bytes that leave together, with the gap before them.
package struct Frame: Sendable, Hashable {
    /// How a frame lies in the chunks of chunked transfer coding.
    ///
    /// Other framings ignore it.
    package enum Chunk: Sendable, Hashable {
        /// The frame is a chunk.
        case whole
        /// The frame begins a chunk of so many bytes; the rest comes in the following frames, if it comes.
        case start(byteCount: Int)
        /// The frame goes on with the chunk before it.
        case rest
    }

    /// Time since the previous frame; for the first frame since the head, for a tape without a head since the end of
    /// the request.
    package var gap: Duration

    /// The bytes, without any transfer coding.
    package var bytes: ByteBuffer

    /// A chunk that came in pieces is sent in pieces, so that a recording has the upstream's chunks and their times.
    package var chunk: Chunk

    package init(gap: Duration = .zero, bytes: ByteBuffer, chunk: Chunk = .whole) {
        self.gap = gap
        self.bytes = bytes
        self.chunk = chunk
    }

    package init(gap: Duration = .zero, _ text: String) {
        self.init(gap: gap, bytes: ByteBuffer(string: text))
    }
}

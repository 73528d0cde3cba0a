package import NIOCore

/// An answer as bytes and time: what the player plays.
///
/// Knows nothing of HTTP.
package struct WireTape: Sendable {
    /// Bytes that leave in one write, with the gap before them.
    package struct Write: Sendable {
        /// Time since the previous write; for the first since the end of the request.
        package var gap: Duration
        package var bytes: ByteBuffer

        package init(gap: Duration, bytes: ByteBuffer) {
            self.gap = gap
            self.bytes = bytes
        }
    }

    package var writes: [Write]

    /// Time from the last write to the ending.
    package var endingGap: Duration

    package var ending: Ending

    /// Whether the connection may carry another exchange after a ``Ending/complete`` one.
    package var isPersistent: Bool

    package init(writes: [Write], endingGap: Duration, ending: Ending, isPersistent: Bool) {
        self.writes = writes
        self.endingGap = endingGap
        self.ending = ending
        self.isPersistent = isPersistent
    }
}

extension WireTape {
    package var byteCount: Int {
        writes.reduce(0) { $0 + $1.bytes.readableBytes }
    }

    /// Whether playing it takes time by itself.
    package var waits: Bool {
        endingGap > .zero || writes.contains { $0.gap > .zero }
    }
}

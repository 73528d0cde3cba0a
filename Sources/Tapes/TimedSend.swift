/// Bytes of an answer that were handed to the kernel together.
package struct TimedSend: Sendable, Hashable {
    /// Time since the end of the request.
    package var at: Duration
    /// When the answer wanted it to be; later than ``at`` where a clock was moved.
    package var due: Duration
    package var byteCount: Int

    package init(at: Duration, due: Duration, byteCount: Int) {
        self.at = at
        self.due = due
        self.byteCount = byteCount
    }
}

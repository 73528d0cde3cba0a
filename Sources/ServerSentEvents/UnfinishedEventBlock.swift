/// What the end of a body cut off, and a client after the standard throws away.
///
/// "Once the end of the file is reached, any pending data must be discarded" (HTML Standard, section 9.2.6).
/// Many client libraries dispatch the pending event nevertheless, hence ``event``.
package struct UnfinishedEventBlock: Hashable, Sendable {
    /// Whether the body ended in the middle of a line; otherwise only the empty line was missing.
    package var endsInsideLine: Bool

    /// The event that a lenient client would see, which takes the end of the body for the end of the block.
    ///
    /// Nil when the cut block has no data.
    package var event: ServerSentEvent?

    /// Creates a description of a cut block.
    package init(endsInsideLine: Bool, event: ServerSentEvent?) {
        self.endsInsideLine = endsInsideLine
        self.event = event
    }
}

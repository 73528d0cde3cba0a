/// Something that ``EventStreamParser`` found in a stream, in the order of the bytes.
///
/// The HTML Standard knows only events. Comments and reconnection times are reported as well, because
/// a recorder keeps them and a journal shows them; a client that wants only the standard's view takes
/// ``event(_:)`` and ignores the rest.
package enum EventStreamItem: Hashable, Sendable {
    /// A dispatched event. It is reported at the empty line that ends its block.
    case event(ServerSentEvent)

    /// A comment line, without its colon and without one space after that.
    ///
    /// It is reported at the end of its line, so a comment inside a block comes before the block's event.
    case comment(String)

    /// A valid `retry` field: the new reconnection time, reported at the end of its line.
    ///
    /// A number that does not fit is reported as `Int.max`.
    case retry(milliseconds: Int)
}

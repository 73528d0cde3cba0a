/// One dispatched event of an event stream.
///
/// The three parts are those of the `MessageEvent` that the HTML Standard creates on dispatch
/// (section 9.2.6, <https://html.spec.whatwg.org/multipage/server-sent-events.html>).
package struct ServerSentEvent: Hashable, Sendable {
    /// The type of an event whose block names none, or names the empty string.
    package static let defaultType = "message"

    /// The value of the last `event` field of the block, or ``defaultType``.
    package var type: String

    /// The values of the `data` fields of the block, joined by LF.
    ///
    /// Empty when the only one is empty.
    package var data: String

    /// The value of the last valid `id` field seen so far in the stream, not only in this block.
    ///
    /// Empty when there was none, or when a field reset it.
    package var lastEventID: String

    /// Creates an event.
    ///
    /// - Parameters:
    ///   - type: What listeners select by; ``defaultType`` when the block does not name one.
    ///   - data: The payload.
    ///   - lastEventID: The identifier in force when the event is dispatched; empty for none.
    package init(type: String = Self.defaultType, data: String, lastEventID: String = "") {
        self.type = type
        self.data = data
        self.lastEventID = lastEventID
    }
}

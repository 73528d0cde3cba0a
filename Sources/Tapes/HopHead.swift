internal import HTTPTypes

/// A head fitted to this hop: framing the client can read, and the `connection` field when we close.
struct HopHead {
    var head: ResponseHead
    var isChunked: Bool
    var isPersistent: Bool

    /// The tape's ending, but ``Ending/complete`` where closing is how the framing completes the message: that close
    /// is a regular one and gets TLS's close_notify, a cut does not.
    var ending: Ending

    init(_ original: ResponseHead, ending: Ending, context: ExchangeContext) {
        head = original
        let framing = original.framing
        self.ending = ending == .close && framing == .untilClose ? .complete : ending
        var endsWithConnection = false
        switch framing {
        case .chunked where context.isHTTP10:
            head.fields[.transferEncoding] = nil
            isChunked = false
            endsWithConnection = true
        case .chunked:
            isChunked = true
        case .sized:
            isChunked = false
        case .unframed where !context.isHTTP10:
            isChunked = !original.forbidsBody
            if isChunked { head.fields[.transferEncoding] = "chunked" }
        case .unframed, .untilClose:
            isChunked = false
            endsWithConnection = !original.forbidsBody && !context.isHead
        }
        // Most have no such field, and to say so costs less than to look for its value.
        let announcesClose =
            original.fields.contains(.connection)
            && original.fields[.connection]?.containsIgnoringCase("close") == true
        isPersistent = context.keepsAlive && ending == .complete && !endsWithConnection && !announcesClose
        guard ending == .complete, !announcesClose else { return }
        if !context.keepsAlive {
            // RFC 9112 §9.6: a server that closes after the answer says so.
            head.fields[.connection] = "close"
        } else if context.isHTTP10, isPersistent {
            // RFC 9112 §9.3: HTTP/1.0 clients stay only if told.
            head.fields[.connection] = "keep-alive"
        }
    }
}

/// What the wire form of an answer depends on besides the tape.
package struct ExchangeContext: Sendable, Hashable {
    /// HEAD: framing fields are sent, the body is not (RFC 9110 §9.3.2).
    package var isHead: Bool

    /// HTTP/1.0 knows no chunks.
    package var isHTTP10: Bool

    /// Whether the client would use the connection again.
    package var keepsAlive: Bool

    package init(isHead: Bool = false, isHTTP10: Bool = false, keepsAlive: Bool = true) {
        self.isHead = isHead
        self.isHTTP10 = isHTTP10
        self.keepsAlive = keepsAlive
    }

    package static let usual = ExchangeContext()
}

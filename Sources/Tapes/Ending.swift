/// How an answer ends.
///
/// What is missing from the body and how it ends are two axes: a cut body is a tape with fewer frames and one of
/// the endings after ``complete``.
package enum Ending: String, Sendable, Hashable, CaseIterable {
    /// The message is finished as its framing demands; the connection may be used again.
    case complete

    /// The connection is closed in order (FIN), whether or not the message was finished.
    ///
    /// For a body framed by the end of the connection (RFC 9112 §6.3, rule 8) this is the regular end.
    case close

    /// The connection is reset (RST), once the kernel has handed every earlier byte to the peer.
    ///
    /// `SO_LINGER` 0 discards what is still queued (socket(7)), so the player waits for the queue to drain first.
    case reset

    /// Nothing more is said and the connection stays open until the client leaves.
    case stall
}

extension Ending {
    /// The ending's character in a tape diagram.
    package var symbol: Character {
        switch self {
        case .complete: "|"
        case .close: ")"
        case .reset: "^"
        case .stall: "~"
        }
    }

    package init?(symbol: Character) {
        guard let ending = Ending.allCases.first(where: { $0.symbol == symbol }) else { return nil }
        self = ending
    }
}

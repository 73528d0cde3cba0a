package import HTTPTypes
package import NIOCore

/// An answer that is still coming: a head, and somebody who sends the rest as it arrives.
package struct LiveTape: Sendable {
    package var head: ResponseHead
    package var origin: Origin

    /// Sends the body and the end to the stage it is handed; called once, off the event loop.
    package var play: @Sendable (any LiveStage) async -> Void

    package init(head: ResponseHead, origin: Origin, play: @escaping @Sendable (any LiveStage) async -> Void) {
        self.head = head
        self.origin = origin
        self.play = play
    }
}

/// Where a live tape is played: the connection of the client that waits for it.
package protocol LiveStage: Sendable {
    /// Passes body bytes on.
    ///
    /// Returns at once while the client keeps up, which is the back-pressure.
    /// - Throws: ``ClientGoneError`` when the client has left.
    func send(_ bytes: ByteBuffer, _ chunk: Frame.Chunk) async throws(ClientGoneError)

    /// Ends the answer, with the trailers of a complete body. Always the last call.
    func end(_ ending: Ending, trailers: HTTPFields) async
}

/// The client left before the answer's end.
package struct ClientGoneError: Error {
    package init() {}
}

package import NIOCore
package import Tapes

/// Decides what is answered.
///
/// Called on the event loop of the connection and must not block.
package protocol Responder: Sendable {
    /// Answers a request that has come in full.
    func respond(to request: Request, on eventLoop: any EventLoop) -> Reply

    /// Words the answer to something that never became a request.
    func refuse(_ refusal: Refusal) -> Tape
}

/// An answer, now or as soon as somebody off the event loop has made it.
package struct Reply: Sendable {
    package enum Content: Sendable {
        case now(Answer)
        /// Work that may take the processor or a disk: done off the event loop.
        case later(@Sendable () async -> Answer)
        /// Work that only waits: done on the event loop.
        case waiting(@Sendable () async -> Answer)
    }

    package var content: Content

    /// Told once how playing went; nil when nobody wants to know.
    package var observer: (any PlaybackObserver)?

    package init(_ content: Content, observer: (any PlaybackObserver)? = nil) {
        self.content = content
        self.observer = observer
    }
}

/// Why a request is refused before anybody is asked about it.
package enum Refusal: Sendable, Hashable {
    /// Bytes that are no HTTP/1.x request.
    case malformed(String)
    /// The body's content coding cannot be undone: damaged, cut or followed by garbage.
    case undecodableBody(String)
    /// Target and header fields together exceed their limit.
    case headTooLarge
    /// The body exceeds the limit, in bytes, before or after decompression.
    case bodyTooLarge(limit: Int)
    /// The rest of the request did not come in time.
    case timeout
}

/// Hears how an answer was played.
package protocol PlaybackObserver: AnyObject, Sendable {
    /// The answer is about to be played.
    func willPlay(_ answer: Answer)

    /// The answer has waits in it, which can be hurried; called after ``willPlay(_:)``.
    func willWait(_ control: PlaybackControl)

    /// Playing is over. Called once, on the event loop.
    func didPlay(_ report: PlaybackReport)
}

extension PlaybackObserver {
    package func willWait(_ control: PlaybackControl) {}
}

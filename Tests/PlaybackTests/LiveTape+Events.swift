import HTTPTypes
import NIOCore
import Tapes

/// Live tapes as a list of events, which is how tests say what an upstream does.
extension LiveTape {
    enum Event: Sendable {
        case body(ByteBuffer, Frame.Chunk)
        /// Always the last event.
        case end(Ending, trailers: HTTPFields)
    }

    /// Plays the events as they come; a stream that ends without an end is a maker that died.
    init(head: ResponseHead, events: AsyncStream<Event>, origin: Origin) {
        self.init(head: head, origin: origin) { stage in
            do throws(ClientGoneError) {
                for await event in events {
                    switch event {
                    case .body(let bytes, let chunk): try await stage.send(bytes, chunk)
                    case .end(let ending, let trailers):
                        await stage.end(ending, trailers: trailers)
                        return
                    }
                }
                await stage.end(.reset, trailers: [:])
            } catch {}
        }
    }
}

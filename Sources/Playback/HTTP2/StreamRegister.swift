internal import NIOCore
internal import NIOHTTP2
internal import Synchronization

/// Tells of streams in the order that is expected: first that one is there, then that it is gone.
///
/// A stream that comes while its connection is being closed is gone before swift-nio-http2 1.46 says that it is there,
/// on which its own handler of connections stops in debug builds.
final class StreamRegister: NIOHTTP2StreamDelegate {
    private struct State {
        var open: Set<HTTP2StreamID> = []
        /// Gone before they were told of.
        var gone: Set<HTTP2StreamID> = []
    }

    private let listener: NIOHTTP2ServerConnectionManagementHandler.HTTP2StreamDelegate
    private let state = Mutex(State())

    init(listener: NIOHTTP2ServerConnectionManagementHandler.HTTP2StreamDelegate) {
        self.listener = listener
    }

    func streamCreated(_ id: HTTP2StreamID, channel: any Channel) {
        let isNew = state.withLock { state in
            guard state.gone.remove(id) == nil else { return false }
            state.open.insert(id)
            return true
        }
        if isNew { listener.streamCreated(id, channel: channel) }
    }

    func streamClosed(_ id: HTTP2StreamID, channel: any Channel) {
        let wasOpen = state.withLock { state in
            guard state.open.remove(id) == nil else { return true }
            state.gone.insert(id)
            return false
        }
        if wasOpen { listener.streamClosed(id, channel: channel) }
    }
}

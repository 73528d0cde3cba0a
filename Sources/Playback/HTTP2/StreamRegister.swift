internal import NIOCore
internal import NIOHTTP2
internal import Synchronization

/// Knows which streams are open, and tells of each in the order that is expected: first that it is there, then that it
/// is gone.
///
/// A stream whose answer ends at once is gone before swift-nio-http2 1.46 says that it is there, on which its own handler
/// of connections stops in debug builds.
final class StreamRegister: NIOHTTP2StreamDelegate {
    private struct State {
        var open: Set<HTTP2StreamID> = []
        /// Gone before they were told of.
        var gone: Set<HTTP2StreamID> = []
        var last = HTTP2StreamID.rootStream
    }

    private let listener: NIOHTTP2ServerConnectionManagementHandler.HTTP2StreamDelegate
    private let state = Mutex(State())

    init(listener: NIOHTTP2ServerConnectionManagementHandler.HTTP2StreamDelegate) {
        self.listener = listener
    }

    /// Whether no stream is open.
    var isEmpty: Bool { state.withLock { $0.open.isEmpty } }

    /// The number of the latest stream; 0 when there was none.
    var last: Int { state.withLock { Int($0.last) } }

    func streamCreated(_ id: HTTP2StreamID, channel: any Channel) {
        let isGone = state.withLock { state in
            state.last = max(state.last, id)
            guard state.gone.remove(id) == nil else { return true }
            state.open.insert(id)
            return false
        }
        listener.streamCreated(id, channel: channel)
        if isGone { listener.streamClosed(id, channel: channel) }
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

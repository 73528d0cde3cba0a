internal import NIOCore

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// Ends connections the hard way.
///
/// Sits below TLS, because a close from above would send close_notify.
final class ConnectionFaultHandler: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// Outbound user events.
    enum Fault: Sendable {
        /// FIN.
        case cut
        /// RST, once the peer's kernel has acknowledged every byte.
        case reset
    }

    /// How long a reset waits at most for a peer that does not read.
    private static let drainLimit = TimeAmount.seconds(30)

    func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
        switch event {
        case Fault.cut:
            context.close(mode: .output, promise: promise)
        case Fault.reset:
            reset(context, waitedSince: context.eventLoop.now, pollInterval: .microseconds(200))
            promise?.succeed()
        default:
            context.triggerUserOutboundEvent(event, promise: promise)
        }
    }

    /// `SO_LINGER` 0 makes close(2) send RST and throws away what the kernel still holds (socket(7)), and no event
    /// tells when that is nothing, so the queue is polled at growing intervals.
    private func reset(_ context: ChannelHandlerContext, waitedSince start: NIODeadline, pollInterval: TimeAmount) {
        guard let options = context.channel as? any SocketOptionProvider else {
            context.close(promise: nil)
            return
        }
        let boundContext = NIOLoopBound(context, eventLoop: context.eventLoop)
        let boundSelf = NIOLoopBound(self, eventLoop: context.eventLoop)
        options.unacknowledgedByteCount().whenComplete { result in
            let context = boundContext.value
            let isDrained = (try? result.get()) ?? 0 == 0
            guard isDrained || context.eventLoop.now - start > Self.drainLimit else {
                // The option's future completes on the channel's loop, where the handler lives.
                context.eventLoop.assumeIsolated().scheduleTask(in: pollInterval) {
                    guard context.channel.isActive else { return }
                    boundSelf.value.reset(
                        context,
                        waitedSince: start,
                        pollInterval: min(pollInterval * 2, .milliseconds(10))
                    )
                }
                return
            }
            options.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenComplete { _ in
                boundContext.value.close(promise: nil)
            }
        }
    }
}

@available(*, unavailable)
extension ConnectionFaultHandler: Sendable {}

extension SocketOptionProvider {
    /// Bytes or segments handed to the kernel that the peer has not acknowledged; zero when the queue is empty.
    fileprivate func unacknowledgedByteCount() -> EventLoopFuture<UInt32> {
        #if canImport(Darwin)
        // <netinet/tcp.h>: SO_NWRITE counts the bytes in the send buffer, sent and unacknowledged ones included.
        let count: EventLoopFuture<UInt32> = unsafeGetSocketOption(level: .socket, name: .init(rawValue: SO_NWRITE))
        return count
        #else
        // <linux/tcp.h>: struct tcp_info is 8 bytes of flags, then 32-bit words: tcpi_unacked is the fifth of them;
        // tcpi_notsent_bytes (since Linux 4.6) is at byte 144, after four 64-bit counters and two words.
        let words: EventLoopFuture<SIMD64<UInt32>> = unsafeGetSocketOption(
            level: .tcp,
            name: .init(rawValue: CInt(TCP_INFO))
        )
        return words.map { $0[6] &+ $0[36] }
        #endif
    }
}

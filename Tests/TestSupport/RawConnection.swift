internal import Foundation

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// A plain TCP socket on loopback that shows what a library would hide: resets, half-closed connections, times.
package final class RawConnection: Sendable {
    /// How reading came to its end.
    package enum End: Sendable, Hashable {
        /// FIN.
        case closed
        /// ECONNRESET.
        case reset
        /// Nothing came for as long as the limit.
        case silence
        /// What was read for has come.
        case found
    }

    /// Bytes of one read, with the time since reading began.
    package struct Piece: Sendable {
        package var bytes: [UInt8]
        package var at: Duration
    }

    package struct Reading: Sendable {
        package var startedAt: ContinuousClock.Instant
        package var pieces: [Piece]
        package var end: End

        package var bytes: [UInt8] { pieces.flatMap(\.bytes) }
        package var text: String { String(decoding: bytes, as: UTF8.self) }
    }

    private let descriptor: Int32

    init(descriptor: Int32) {
        self.descriptor = descriptor
        var on: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    }

    /// Connects to 127.0.0.1.
    ///
    /// - Parameters:
    ///   - port: where somebody listens.
    ///   - receiveBufferSize: bytes the kernel keeps for a reader that is slow; nil for its default.
    /// - Throws: ``RawSocketError`` when nobody does.
    package init(port: Int, receiveBufferSize: Int32? = nil) throws {
        descriptor = socket(AF_INET, RawServer.streamType, 0)
        guard descriptor >= 0 else { throw RawSocketError(call: "socket") }
        if var size = receiveBufferSize {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        }
        guard Loopback.connect(descriptor, port: port) else {
            close(descriptor)
            throw RawSocketError(call: "connect")
        }
    }

    deinit {
        close(descriptor)
    }

    /// - Returns: false when the peer is gone.
    @discardableResult
    package func send(_ bytes: some Sequence<UInt8>) -> Bool {
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Foundation.send(descriptor, $0.baseAddress, $0.count, RawServer.noSignal)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    @discardableResult
    package func send(_ text: String) -> Bool {
        send(text.utf8)
    }

    /// One read; empty at the end of input.
    package func receive(upTo count: Int = 65_536) -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: count)
        while true {
            let received = recv(descriptor, &buffer, count, 0)
            if received < 0, errno == EINTR { continue }
            return received > 0 ? Array(buffer.prefix(received)) : []
        }
    }

    /// Reads until the condition holds for all that has come, the peer ends, or nothing comes for a while.
    package func read(
        silenceLimit: Duration = .seconds(10),
        until isDone: ([UInt8]) -> Bool = { _ in false }
    ) -> Reading {
        let start = ContinuousClock.now
        var pieces: [Piece] = []
        var all: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        let milliseconds = Int32(silenceLimit / .milliseconds(1))
        while true {
            var poller = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&poller, 1, milliseconds) > 0 else {
                return Reading(startedAt: start, pieces: pieces, end: .silence)
            }
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count == 0 { return Reading(startedAt: start, pieces: pieces, end: .closed) }
            guard count > 0 else {
                if errno == EINTR { continue }
                return Reading(startedAt: start, pieces: pieces, end: .reset)
            }
            pieces.append(Piece(bytes: Array(buffer.prefix(count)), at: ContinuousClock.now - start))
            all += buffer.prefix(count)
            if isDone(all) { return Reading(startedAt: start, pieces: pieces, end: .found) }
        }
    }

    /// Lets time pass between two sends, as a slow peer does.
    package func pause(milliseconds: Int32) {
        poll(nil, 0, milliseconds)
    }

    /// No more bytes from us (FIN); reading goes on.
    package func finishSending() {
        shutdown(descriptor, Int32(SHUT_WR))
    }

    /// The next close sends RST.
    package func resetOnClose() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }
}

/// A socket call that failed.
package struct RawSocketError: Error, CustomStringConvertible {
    package let call: String
    package let reason = String(cString: strerror(errno))

    package var description: String { "\(call): \(reason)" }
}

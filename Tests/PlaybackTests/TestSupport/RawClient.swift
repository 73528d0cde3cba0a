internal import NIOPosix
internal import Synchronization
internal import TestSupport

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// A client that is nothing but a blocking socket, to see what a connection is like from outside.
///
/// Each call blocks a thread of its own pool, never one of Swift's, where the server's answers may be made. Nothing
/// blocks longer than ``timeoutSeconds``.
final class RawClient: Sendable {
    /// How a connection ended, seen from here.
    enum End: String, Sendable {
        /// FIN.
        case endOfFile
        /// RST.
        case reset
        /// Neither came in time.
        case timeout
    }

    struct ConnectionError: Error, CustomStringConvertible {
        var description: String
    }

    static let timeoutSeconds = 60

    private static let threads: NIOThreadPool = {
        let pool = NIOThreadPool(numberOfThreads: 48)
        pool.start()
        return pool
    }()

    private let descriptor: CInt
    private let unread = Mutex<[UInt8]>([])

    /// - Parameters:
    ///   - port: on the loopback interface.
    ///   - receiveBufferByteCount: the kernel's buffer here; small ones make slow readers.
    /// - Throws: ``ConnectionError`` when nobody listens.
    init(port: Int, receiveBufferByteCount: CInt? = nil) throws {
        #if canImport(Darwin)
        descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #else
        descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        #endif
        setOption(SO_RCVTIMEO, timeval(tv_sec: Self.timeoutSeconds, tv_usec: 0))
        setOption(SO_SNDTIMEO, timeval(tv_sec: Self.timeoutSeconds, tv_usec: 0))
        if let receiveBufferByteCount { setOption(SO_RCVBUF, receiveBufferByteCount) }
        guard Loopback.connect(descriptor, port: port) else {
            throw ConnectionError(description: "connect: \(String(cString: strerror(errno)))")
        }
    }

    deinit {
        _ = systemClose(descriptor)
    }

    private func setOption<Value>(_ name: CInt, _ value: Value) {
        withUnsafePointer(to: value) { pointer in
            _ = setsockopt(descriptor, SOL_SOCKET, name, pointer, socklen_t(MemoryLayout<Value>.size))
        }
    }
}

extension RawClient {
    func send(_ text: String) async throws {
        try await send(bytes: Array(text.utf8))
    }

    /// Sends everything, or throws when the connection is gone.
    func send(bytes: [UInt8]) async throws {
        try await Self.threads.runIfActive { [self] in
            var start = 0
            while start < bytes.count {
                let count = bytes[start...].withUnsafeBytes { buffer in
                    #if canImport(Darwin)
                    systemSend(descriptor, buffer.baseAddress, buffer.count, 0)
                    #else
                    systemSend(descriptor, buffer.baseAddress, buffer.count, CInt(MSG_NOSIGNAL))
                    #endif
                }
                guard count > 0 else { throw ConnectionError(description: "send: \(String(cString: strerror(errno)))") }
                start += count
            }
        }
    }

    /// Sends what it can and does not mind that the connection is gone.
    func sendIfOpen(_ text: String) async {
        try? await send(text)
    }

    /// The next bytes as they come, or nil with the end.
    func receive(atMost limit: Int = 65536) async throws -> (bytes: [UInt8], end: End?) {
        let held = unread.withLock { unread in
            let held = Array(unread.prefix(limit))
            unread.removeFirst(held.count)
            return held
        }
        guard held.isEmpty else { return (held, nil) }
        return try await Self.threads.runIfActive { [self] in
            var bytes = [UInt8](repeating: 0, count: limit)
            let count = bytes.withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, $0.count, 0) }
            if count > 0 { return (Array(bytes[..<count]), nil) }
            if count == 0 { return ([], .endOfFile) }
            return ([], errno == ECONNRESET ? .reset : .timeout)
        }
    }

    /// Puts bytes back, to be received again.
    func unreceive(_ bytes: some Sequence<UInt8>) {
        unread.withLock { $0 = Array(bytes) + $0 }
    }

    /// Everything until the end of the connection.
    func receiveToEnd() async throws -> (text: String, end: End) {
        let (bytes, end) = try await receiveBytesToEnd()
        return (String(decoding: bytes, as: UTF8.self), end)
    }

    func receiveBytesToEnd(atMost limit: Int = 65536) async throws -> (bytes: [UInt8], end: End) {
        var all: [UInt8] = []
        while true {
            let (bytes, end) = try await receive(atMost: limit)
            all += bytes
            if let end { return (all, end) }
        }
    }

    /// Everything up to and with these bytes; what comes after them is kept for the next call.
    func receive(until marker: String) async throws -> String {
        let marker = Array(marker.utf8)
        var all: [UInt8] = []
        while true {
            let (bytes, end) = try await receive()
            let searchStart = max(0, all.count - marker.count)
            all += bytes
            if let range = all[searchStart...].firstRange(of: marker) {
                unreceive(all[range.upperBound...])
                return String(decoding: all[..<range.upperBound], as: UTF8.self)
            }
            if let end {
                let text = String(decoding: all, as: UTF8.self)
                throw ConnectionError(description: "\(end) before \(String(decoding: marker, as: UTF8.self)): \(text)")
            }
        }
    }

    /// Exactly this many bytes.
    func receive(count: Int) async throws -> [UInt8] {
        var all: [UInt8] = []
        while all.count < count {
            let (bytes, end) = try await receive(atMost: count - all.count)
            all += bytes
            if let end { throw ConnectionError(description: "\(end) after \(all.count) of \(count) bytes") }
        }
        return all
    }

    /// Whether nothing comes, not even the end, for so long.
    func isSilent(milliseconds: CInt = 50) async throws -> Bool {
        guard unread.withLock({ $0.isEmpty }) else { return false }
        return try await Self.threads.runIfActive { [self] in
            var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            return poll(&entry, 1, milliseconds) == 0
        }
    }

    /// Lets time pass without looking at the socket.
    func pause(milliseconds: CInt) async throws {
        try await Self.threads.runIfActive { _ = poll(nil, 0, milliseconds) }
    }

    /// FIN from here; the other half stays open.
    func finishSending() {
        #if canImport(Darwin)
        _ = shutdown(descriptor, SHUT_WR)
        #else
        _ = shutdown(descriptor, CInt(SHUT_WR))
        #endif
    }

    /// RST from here.
    func reset() {
        setOption(SO_LINGER, linger(l_onoff: 1, l_linger: 0))
        // The descriptor must stay valid for `deinit`: connecting to nothing ends the connection (connect(2)).
        Loopback.disconnect(descriptor)
    }
}

// Within the type these names are methods of it.
private func systemClose(_ descriptor: CInt) -> CInt { close(descriptor) }

private func systemSend(_ descriptor: CInt, _ bytes: UnsafeRawPointer?, _ count: Int, _ flags: CInt) -> Int {
    send(descriptor, bytes, count, flags)
}

internal import Foundation

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// An upstream under a test's control: every byte and every pause is the test's.
///
/// Listens until ``stop()``, or until the tests are over.
package final class RawServer: Sendable {
    package let port: Int
    private let descriptor: Int32

    /// - Parameter handle: runs on a thread of its own for each connection, which is closed when it returns.
    /// - Throws: ``RawSocketError`` when the machine has no port to listen on.
    package init(_ handle: @escaping @Sendable (RawConnection) -> Void) throws {
        let descriptor = socket(AF_INET, Self.streamType, 0)
        guard descriptor >= 0, let port = Loopback.bind(descriptor), listen(descriptor, 128) == 0 else {
            throw RawSocketError(call: "listen")
        }
        self.port = port
        self.descriptor = descriptor
        Thread.detachNewThread {
            while true {
                let accepted = accept(descriptor, nil, nil)
                guard accepted >= 0 else { return }
                Thread.detachNewThread { handle(RawConnection(descriptor: accepted)) }
            }
        }
    }

    /// Refuses connections from now on.
    package func stop() {
        shutdown(descriptor, Int32(SHUT_RDWR))
        close(descriptor)
    }

    #if canImport(Glibc)
    static let streamType = Int32(SOCK_STREAM.rawValue)
    static let noSignal = Int32(MSG_NOSIGNAL)
    #elseif canImport(Musl)
    static let streamType = Int32(SOCK_STREAM)
    static let noSignal = Int32(MSG_NOSIGNAL)
    #else
    static let streamType = SOCK_STREAM
    static let noSignal: Int32 = 0
    #endif
}

extension RawConnection {
    /// A request as it came, by hand.
    package struct ReceivedRequest: Sendable {
        package var head: String
        package var body: [UInt8]

        package var path: String {
            head.split(separator: " ").dropFirst().first.map(String.init) ?? ""
        }

        package var bodyText: String { String(decoding: body, as: UTF8.self) }
    }

    /// Reads one request with a sized body, or none; nil when the client is gone.
    package func receiveRequest() -> ReceivedRequest? {
        var bytes: [UInt8] = []
        let blankLine = Array("\r\n\r\n".utf8)
        var headEnd: Int?
        while headEnd == nil {
            let more = receive()
            guard !more.isEmpty else { return nil }
            bytes += more
            headEnd = bytes.firstRange(of: blankLine)?.upperBound
        }
        let end = headEnd ?? 0
        let head = String(decoding: bytes[..<end], as: UTF8.self)
        let length =
            head.lowercased().split(separator: "\r\n").first { $0.hasPrefix("content-length:") }
            .flatMap { Int($0.dropFirst("content-length:".count).filter { $0 != " " }) } ?? 0
        while bytes.count - end < length {
            let more = receive()
            guard !more.isEmpty else { return nil }
            bytes += more
        }
        return ReceivedRequest(head: head, body: Array(bytes[end...]))
    }
}

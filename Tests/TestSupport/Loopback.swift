internal import Foundation

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// Socket addresses in one place.
///
/// Which module owns `sockaddr_in` on Linux depends on what was compiled before; here nothing of NIO's is imported.
package enum Loopback {
    /// Connects a socket to 127.0.0.1.
    ///
    /// - Parameters:
    ///   - descriptor: an unconnected TCP socket.
    ///   - port: in host byte order.
    /// - Returns: whether somebody listens.
    package static func connect(_ descriptor: Int32, port: Int) -> Bool {
        with(port: port) { address, length in Foundation.connect(descriptor, address, length) == 0 }
    }

    /// Ends the connection of a socket that stays open (connect(2) with `AF_UNSPEC`).
    package static func disconnect(_ descriptor: Int32) {
        var none = sockaddr()
        none.sa_family = sa_family_t(AF_UNSPEC)
        _ = Foundation.connect(descriptor, &none, socklen_t(MemoryLayout<sockaddr>.size))
    }

    /// Binds a socket to a free port of 127.0.0.1.
    ///
    /// - Parameter descriptor: an unbound TCP socket.
    /// - Returns: the port, or nil.
    static func bind(_ descriptor: Int32) -> Int? {
        let isBound = with(port: 0) { address, length in Foundation.bind(descriptor, address, length) == 0 }
        guard isBound else { return nil }
        var bound = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &bound) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
        }
        return status == 0 ? Int(UInt16(bigEndian: bound.sin_port)) : nil
    }

    private static func with<Result>(port: Int, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}

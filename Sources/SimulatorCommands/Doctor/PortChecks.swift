internal import Foundation
internal import Tapes

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// Whether a server can listen, and where `localhost` leads.
enum PortChecks {
    static func port(host: String, port: Int) -> Finding {
        let place = host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        guard let addresses = addresses(of: host, port: port), let address = addresses.first else {
            return .failure("port", "\(host) has no address", "Choose an address of this machine: --host 127.0.0.1")
        }
        switch address.tryBinding() {
        case 0:
            return .fine("port", port == 0 ? "\(host) has free ports" : "\(place) is free")
        case EADDRINUSE:
            let holder = PortHolder.find(port: port).map { ", held by \($0.description)" } ?? ""
            return .failure(
                "port",
                "\(place) is in use\(holder)",
                "Stop that program, or choose another port: --port 0 takes any free one"
            )
        case let error:
            return .failure(
                "port",
                "cannot listen on \(place): \(String(cString: strerror(error)))",
                "Choose an address of this machine and a port from 1024 up"
            )
        }
    }

    /// Clients that are told `localhost` may try the address of IPv6 first.
    static func loopback(host: String) -> Finding {
        guard let addresses = addresses(of: "localhost", port: 0), !addresses.isEmpty else {
            return .warning("localhost", "'localhost' has no address here", "Tell clients 127.0.0.1 instead")
        }
        let texts = addresses.map(\.text)
        let text = "'localhost' is \(texts.joined(separator: " and "))"
        guard texts.contains(where: { $0.hasPrefix("127.") || $0 == "::1" }) else {
            return .warning("localhost", text + ", which is not this machine", "Tell clients 127.0.0.1 instead")
        }
        guard host == "127.0.0.1", texts.first == "::1" else { return .fine("localhost", text) }
        return .warning(
            "localhost",
            text + ", and the server listens on 127.0.0.1 only",
            "Tell clients 127.0.0.1, or listen with --host localhost"
        )
    }

    /// Nil for a name that cannot be resolved.
    private static func addresses(of host: String, port: Int) -> [SocketPlace]? {
        var hints = addrinfo()
        #if canImport(Glibc)
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        #else
        hints.ai_socktype = SOCK_STREAM
        #endif
        hints.ai_flags = AI_PASSIVE
        var first: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, String(port), &hints, &first) == 0 else { return nil }
        defer { freeaddrinfo(first) }
        var places: [SocketPlace] = []
        var next = first
        while let info = next?.pointee {
            if let address = info.ai_addr {
                let bytes = UnsafeRawBufferPointer(start: address, count: Int(info.ai_addrlen))
                places.append(SocketPlace(family: info.ai_family, type: info.ai_socktype, bytes: Array(bytes)))
            }
            next = info.ai_next
        }
        return places
    }
}

/// An address to bind to.
private struct SocketPlace {
    var family: Int32
    var type: Int32
    /// A `sockaddr` of its family.
    var bytes: [UInt8]

    /// - Returns: 0, or the error number.
    func tryBinding() -> Int32 {
        let descriptor = socket(family, type, 0)
        guard descriptor >= 0 else { return errno }
        defer { close(descriptor) }
        // As the server does: connections of an earlier one that linger do not matter.
        var isOn: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &isOn, socklen_t(MemoryLayout<Int32>.size))
        return withAddress { bind(descriptor, $0, $1) == 0 && listen(descriptor, 1) == 0 ? 0 : errno }
    }

    var text: String {
        var host = [CChar](repeating: 0, count: 1025)
        let isNamed = withAddress { getnameinfo($0, $1, &host, socklen_t(host.count), nil, 0, NI_NUMERICHOST) == 0 }
        return isNamed ? String(decoding: host.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self) : "?"
    }

    private func withAddress<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        bytes.withUnsafeBytes { raw in
            guard let address = raw.baseAddress?.assumingMemoryBound(to: sockaddr.self) else {
                preconditionFailure("an address has bytes")
            }
            return body(address, socklen_t(raw.count))
        }
    }
}

/// The process that listens on a port, where the system tells (proc(5), Linux only).
struct PortHolder: CustomStringConvertible {
    let name: String
    let processIdentifier: Int

    var description: String { "\(name) (pid \(processIdentifier))" }

    /// Looks many times: sockets and descriptors of a busy machine change while they are listed, and some are missed.
    static func find(port: Int) -> PortHolder? {
        for _ in 1...50 {
            if let holder = look(port: port) { return holder }
        }
        return nil
    }

    private static func look(port: Int) -> PortHolder? {
        let sockets = Set(["tcp", "tcp6"].flatMap { listeners(in: "/proc/net/\($0)", port: port) })
        guard !sockets.isEmpty else { return nil }
        let files = FileManager.default
        let processes = ((try? files.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap { Int($0) }.sorted()
        for process in processes {
            let folder = "/proc/\(process)/fd"
            // Of other users it cannot be read.
            let holds = ((try? files.contentsOfDirectory(atPath: folder)) ?? []).contains { descriptor in
                (try? files.destinationOfSymbolicLink(atPath: "\(folder)/\(descriptor)")).map(sockets.contains) ?? false
            }
            guard holds else { continue }
            let name = (try? String(contentsOfFile: "/proc/\(process)/comm", encoding: .utf8)) ?? "a program"
            return PortHolder(name: name.trimmingBlanks(), processIdentifier: process)
        }
        return nil
    }

    /// `socket:[12345]` of each socket that listens on the port.
    private static func listeners(in table: String, port: Int) -> [String] {
        guard let text = try? String(contentsOfFile: table, encoding: .utf8) else { return [] }
        let digits = String(port, radix: 16, uppercase: true)
        let suffix = ":" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        return text.split(separator: "\n").dropFirst().compactMap { line in
            let fields = line.split(separator: " ")
            // Local address, then the remote one, then the state, of which 0A is LISTEN; the tenth is the inode.
            guard fields.count > 9, fields[1].hasSuffix(suffix), fields[3] == "0A" else { return nil }
            return "socket:[\(fields[9])]"
        }
    }
}

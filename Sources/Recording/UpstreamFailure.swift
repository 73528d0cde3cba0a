internal import AsyncHTTPClient
internal import NIOCore
internal import NIOPosix
internal import NIOSSL

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// Why the upstream gave no answer at all.
package struct UpstreamFailure: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Reason: String, Sendable, Hashable {
        case refused
        case unresolved
        case timedOut
        case tls
        case reset
        case closed
        case other
    }

    package let url: String
    package let reason: Reason
    /// What the network library said.
    package let detail: String

    package var description: String {
        let what =
            switch reason {
            case .refused: "refused the connection"
            case .unresolved: "could not be found"
            case .timedOut: "did not accept the connection in time"
            case .tls: "failed the TLS handshake"
            case .reset: "reset the connection before it answered"
            case .closed: "closed the connection before it answered"
            case .other: "could not be reached"
            }
        return "upstream \(url) \(what): \(detail)"
    }
}

extension UpstreamFailure {
    init(_ error: any Error, url: String) {
        self.init(url: url, reason: Self.reason(of: error), detail: String(describing: error))
    }

    private static func reason(of error: any Error) -> Reason {
        switch error {
        case let error as NIOConnectionError:
            if error.dnsAError != nil || error.dnsAAAAError != nil, error.connectionErrors.isEmpty {
                return .unresolved
            }
            return error.connectionErrors.first.map { reason(of: $0.error) } ?? .other
        case let error as IOError:
            return switch error.errnoCode {
            case ECONNREFUSED: .refused
            case ECONNRESET, EPIPE: .reset
            case ETIMEDOUT: .timedOut
            default: .other
            }
        case let error as HTTPClientError:
            return switch error {
            case .tlsHandshakeTimeout: .tls
            case .remoteConnectionClosed: .closed
            case .connectTimeout: .timedOut
            default: .other
            }
        case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError:
            return .tls
        default:
            return .other
        }
    }
}

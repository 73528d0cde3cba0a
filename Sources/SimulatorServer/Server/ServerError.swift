/// Why a server cannot start.
package enum ServerError: Error, Sendable, Hashable, CustomStringConvertible {
    case addressInUse(host: String, port: Int)
    case addressUnavailable(host: String, port: Int, reason: String)
    case unusableCertificates(file: String, reason: String)
    case unusableKey(file: String, reason: String)
    case unusableCertificateAuthority(file: String, reason: String)
    case unknownTiming(String)

    package var description: String {
        switch self {
        case .addressInUse(let host, let port):
            "cannot listen on \(host):\(port): the port is in use. Choose another with --port, or --port 0 for a free one."
        case .addressUnavailable(let host, let port, let reason):
            "cannot listen on \(host):\(port): \(reason). Expected an address of this machine, such as 127.0.0.1."
        case .unusableCertificates(let file, let reason):
            "cannot use --tls-cert \(file): \(reason). Expected a PEM file of the certificate, and of those that vouch for it."
        case .unusableKey(let file, let reason):
            "cannot use --tls-key \(file): \(reason). Expected a PEM file of the certificate's private key, without a passphrase."
        case .unusableCertificateAuthority(let file, let reason):
            "cannot use --upstream-ca \(file): \(reason). Expected a PEM file of certificates."
        case .unknownTiming(let text):
            "unknown timing '\(text)'. Expected instant, recorded, a factor from 1e-6x to 1e6x, or max: and a time."
        }
    }
}

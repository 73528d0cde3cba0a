internal import NIOSSL

/// Why a server cannot use a certificate chain and its key.
package enum TLSFileError: Error, Sendable, Hashable {
    /// The file of certificates holds none in PEM, or is not there.
    case noCertificate
    /// The same of the key's file; also a key behind a passphrase.
    case noKey
    /// Each is fine, but not the one for the other.
    case otherKey
}

extension PlaybackConfiguration {
    /// Loads a certificate chain and its key from PEM files; blocks on the disk.
    package mutating func loadTLS(certificateFile: String, keyFile: String) throws(TLSFileError) {
        guard let chain = try? NIOSSLCertificate.fromPEMFile(certificateFile), !chain.isEmpty else {
            throw .noCertificate
        }
        guard let key = try? NIOSSLPrivateKey(file: keyFile, format: .pem) else {
            throw .noKey
        }
        var settings = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) },
            privateKey: .privateKey(key)
        )
        settings.applicationProtocols = offersHTTP2 ? ["h2", "http/1.1"] : ["http/1.1"]
        do {
            tls = try NIOSSLContext(configuration: settings)
        } catch {
            throw .otherKey
        }
    }
}

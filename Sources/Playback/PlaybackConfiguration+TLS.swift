internal import NIOSSL

extension PlaybackConfiguration {
    /// Loads a certificate chain and its key from PEM files.
    ///
    /// - Throws: what NIOSSL throws for files that are missing or do not fit.
    package mutating func loadTLS(certificateFile: String, keyFile: String) throws {
        let chain = try NIOSSLCertificate.fromPEMFile(certificateFile)
        let key = try NIOSSLPrivateKey(file: keyFile, format: .pem)
        var settings = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) },
            privateKey: .privateKey(key)
        )
        settings.applicationProtocols = offersHTTP2 ? ["h2", "http/1.1"] : ["http/1.1"]
        tls = try NIOSSLContext(configuration: settings)
    }
}

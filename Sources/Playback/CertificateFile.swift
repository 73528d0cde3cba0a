internal import NIOSSL

/// What there is to know of a file of certificates before a server uses it.
package struct CertificateFile: Sendable, Hashable {
    /// Seconds since 1970 from which on all certificates of the file are valid.
    package let validFrom: Int
    /// Seconds since 1970 until which all of them are.
    package let validUntil: Int
    package let certificateCount: Int

    /// Reads a PEM file; blocks on the disk.
    ///
    /// - Throws: what NIOSSL throws for a file without certificates.
    package init(path: String) throws {
        let certificates = try NIOSSLCertificate.fromPEMFile(path)
        certificateCount = certificates.count
        validFrom = certificates.map(\.notValidBefore).max() ?? 0
        validUntil = certificates.map(\.notValidAfter).min() ?? 0
    }
}

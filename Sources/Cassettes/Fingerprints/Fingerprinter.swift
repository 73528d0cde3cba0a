internal import HTTPTypes
internal import NIOCore
internal import Synchronization
package import Tapes

/// Finds the fingerprint of a request as it came: redacts first, so that a secret in a body never breaks matching.
///
/// Requests that repeat byte for byte are neither parsed nor searched again.
package final class Fingerprinter: Sendable {
    private let redactor: Redactor
    private let cache: Mutex<FingerprintCache>

    /// Remembers as many requests as `cacheCapacity` says, at about 100 bytes each; 0 for none.
    package init(redactor: Redactor, cacheCapacity: Int = 4096) {
        self.redactor = redactor
        cache = Mutex(FingerprintCache(capacity: cacheCapacity))
    }

    package func fingerprint(of request: Request) -> Fingerprint {
        let key = Self.rawHash(of: request)
        if let known = cache.withLock({ $0[key] }) { return known }
        let fingerprint = Fingerprint(redacted: redactor.redact(request))
        cache.withLock { $0.insert(fingerprint, for: key) }
        return fingerprint
    }

    /// Everything the fingerprint can depend on, as it came: credentials too, since the body is searched for them.
    private static func rawHash(of request: Request) -> Hash128 {
        var stream = HashStream(domain: "raw request")
        stream.add(request.method.rawValue)
        stream.add(request.target.raw)
        stream.add(optional: request.fields[.contentType])
        for value in RequestCredentials.fieldValues(in: request.fields) {
            stream.add(value)
        }
        request.body.withUnsafeReadableBytes { stream.add($0) }
        return stream.finish()
    }
}

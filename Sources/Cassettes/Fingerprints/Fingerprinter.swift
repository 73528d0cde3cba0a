internal import HTTPTypes
internal import NIOCore
internal import Synchronization
package import Tapes

/// Finds the fingerprint of a request as it came: redacts first, so that a secret in a body never breaks matching.
///
/// Requests that repeat byte for byte are neither parsed nor searched again.
package final class Fingerprinter: Sendable {
    private let redactor: Redactor
    private let rules: MatchingRules
    private let cache: Mutex<FingerprintCache>
    /// Whether header fields of a name carry credentials; the names of a client's fields are the same each time.
    private let credentialNames = Mutex<[String: Bool]>([:])

    /// - Parameters:
    ///   - redactor: as used for recording.
    ///   - rules: those of the cassette.
    ///   - cacheCapacity: how many requests are remembered, at about 100 bytes each; 0 for none.
    package init(redactor: Redactor, rules: MatchingRules = .none, cacheCapacity: Int = 4096) {
        self.redactor = redactor
        self.rules = rules
        cache = Mutex(FingerprintCache(capacity: cacheCapacity))
    }

    package func fingerprint(of request: Request) -> Fingerprint {
        let key = rawHash(of: request)
        if let known = cache.withLock({ $0[key] }) { return known }
        // Fields are redacted only where they count.
        let redacted = rules.headers.isEmpty ? redactor.redactForFingerprint(request) : redactor.redact(request)
        let fingerprint = Fingerprint(redacted: redacted, rules: rules)
        cache.withLock { $0.insert(fingerprint, for: key) }
        return fingerprint
    }

    /// Everything the fingerprint can depend on, as it came: credentials too, since the body is searched for them.
    private func rawHash(of request: Request) -> Hash128 {
        var stream = HashStream(domain: "raw request")
        stream.add(request.method.rawValue)
        stream.add(request.target.raw)
        stream.add(optional: request.fields[.contentType])
        credentialNames.withLock { names in
            for field in request.fields where Self.isCredential(field.name.canonicalName, &names) {
                stream.add(field.value)
            }
        }
        if !rules.headers.isEmpty {
            for field in request.fields where rules.headers.contains(field.name.canonicalName) {
                stream.add(field.name.canonicalName)
                stream.add(field.value)
            }
        }
        request.body.withUnsafeReadableBytes { stream.add($0) }
        return stream.finish()
    }

    private static func isCredential(_ name: String, _ known: inout [String: Bool]) -> Bool {
        if let verdict = known[name] { return verdict }
        let verdict = SecretName.isCredentialField(name)
        if known.count < 1024 { known[name] = verdict }
        return verdict
    }
}

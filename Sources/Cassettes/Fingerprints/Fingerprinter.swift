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
    /// Of the latest clients, whose fields have the same names each time.
    private let fieldPlans = Mutex<[FieldPlan]>([])

    /// Which fields the fingerprint can depend on, in a request whose fields have these names.
    private struct FieldPlan {
        let names: [String]
        let places: [Int]
    }

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

    /// Everything the fingerprint can depend on, as it came.
    private func rawHash(of request: Request) -> Hash128 {
        var stream = HashStream(domain: "raw request")
        stream.add(request.method.rawValue)
        stream.add(request.target.raw)
        for place in countingPlaces(in: request.fields) {
            stream.add(request.fields[place].name.canonicalName)
            stream.add(request.fields[place].value)
        }
        request.body.withUnsafeReadableBytes { stream.add($0) }
        return stream.finish()
    }

    private func countingPlaces(in fields: HTTPFields) -> [Int] {
        fieldPlans.withLock { plans in
            let known = plans.first { plan in
                plan.names.count == fields.count
                    && plan.names.indices.allSatisfy { plan.names[$0] == fields[$0].name.canonicalName }
            }
            if let known { return known.places }
            let names = fields.map(\.name.canonicalName)
            let plan = FieldPlan(names: names, places: names.indices.filter { counts(names[$0]) })
            if plans.count == Self.planLimit { plans.removeAll() }
            plans.append(plan)
            return plan.places
        }
    }

    private static let planLimit = 16

    /// The type of the body says how it is read; credentials count since the body is searched for them.
    private func counts(_ name: String) -> Bool {
        name == "content-type" || rules.headers.contains(name) || SecretName.isCredentialField(name)
    }
}

/// The latest answers of a ``Fingerprinter``, oldest out first.
struct FingerprintCache {
    private let capacity: Int
    private var fingerprints: [Hash128: Fingerprint] = [:]
    /// The keys in a ring: the next one to go is at `oldest`.
    private var keys: [Hash128] = []
    private var oldest = 0

    init(capacity: Int) {
        self.capacity = capacity
    }

    subscript(key: Hash128) -> Fingerprint? {
        fingerprints[key]
    }

    mutating func insert(_ fingerprint: Fingerprint, for key: Hash128) {
        guard capacity > 0, fingerprints.updateValue(fingerprint, forKey: key) == nil else { return }
        if keys.count < capacity {
            keys.append(key)
        } else {
            fingerprints[keys[oldest]] = nil
            keys[oldest] = key
            oldest = (oldest + 1) % capacity
        }
    }

    var count: Int { fingerprints.count }
}

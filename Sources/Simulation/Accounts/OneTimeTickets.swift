/// Secrets that are good for one thing, once, and what that is.
///
/// Kept by their hashes, so that none can be read out of a world; the oldest go when there are too many.
struct OneTimeTickets<Value: Sendable & Codable>: Sendable, Codable {
    struct Ticket: Sendable, Codable {
        let value: Value
        /// Microseconds since 1970.
        let issuedAt: Int64
    }

    private static var limit: Int { 1000 }

    /// By hash.
    private var tickets: [String: Ticket] = [:]
    /// From the oldest to the newest.
    private var hashes: [String] = []

    mutating func insert(_ value: Value, secret: String, at now: Int64) {
        let hash = APIKey.hash(of: secret)
        if hashes.count == Self.limit { tickets[hashes.removeFirst()] = nil }
        hashes.append(hash)
        tickets[hash] = Ticket(value: value, issuedAt: now)
    }

    /// Nil for a secret that was never given out, was used, or is too old to be known.
    subscript(secret: String) -> Ticket? {
        tickets[APIKey.hash(of: secret)]
    }

    mutating func remove(_ secret: String) {
        let hash = APIKey.hash(of: secret)
        tickets[hash] = nil
        hashes.removeAll { $0 == hash }
    }
}

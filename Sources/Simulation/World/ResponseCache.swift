/// Answers kept for requests that are sent again (reference: platform §1.12).
struct ResponseCache: Sendable {
    struct Entry: Sendable {
        /// Generation that filled the entry.
        var sourceID: String
        /// Microseconds since 1970 on the world's clock.
        var storedAt: Int64
        var expiresAt: Int64
        /// The same answer under another id, at no cost.
        var again: @Sendable (GenerationIDs) -> OperationAnswer
        /// What is booked for it.
        var record: GenerationRecord
    }

    /// Entries kept; beyond it the cache is emptied.
    private static let limit = 1000

    private var entries: [[UInt8]: Entry] = [:]

    func entry(_ key: [UInt8], at now: Int64) -> Entry? {
        entries[key].flatMap { $0.expiresAt > now ? $0 : nil }
    }

    mutating func store(_ entry: Entry, _ key: [UInt8]) {
        if entries.count >= Self.limit { entries.removeAll() }
        entries[key] = entry
    }

    mutating func drop(_ key: [UInt8]) {
        entries[key] = nil
    }
}

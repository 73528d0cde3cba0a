/// The latest generations by id; the oldest are dropped beyond a bound.
struct GenerationLog: Sendable {
    private static let limit = 10_000

    /// The latest records keep what was sent and what came back.
    private static let contentLimit = 1_000

    private var records: [String: GenerationRecord] = [:]
    private var order: [String] = []
    private var dropped = 0

    var count: Int { records.count }

    subscript(id: String) -> GenerationRecord? { records[id] }

    /// The generations of an account that are still known, from the oldest to the newest.
    func latest(ofAccount id: String) -> [GenerationRecord] {
        order.dropFirst(dropped).compactMap { records[$0] }.filter { $0.accountID == id }
    }

    mutating func insert(_ record: GenerationRecord) {
        if records.updateValue(record, forKey: record.id) == nil { order.append(record.id) }
        let stale = order.count - Self.contentLimit - 1
        if stale >= dropped { records[order[stale]]?.content = nil }
        while records.count > Self.limit {
            records[order[dropped]] = nil
            dropped += 1
        }
        if dropped > Self.limit {
            order.removeFirst(dropped)
            dropped = 0
        }
    }

    mutating func markCancelled(_ id: String) {
        records[id]?.isCancelled = true
    }
}

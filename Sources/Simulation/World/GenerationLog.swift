/// The latest generations by id; the oldest are dropped beyond a bound.
struct GenerationLog: Sendable {
    private static let limit = 10_000

    /// The latest records keep what was sent and what came back.
    private static let contentLimit = 1_000

    private var records: [String: GenerationRecord] = [:]
    private var order: [String] = []
    private var dropped = 0
    /// Ids of records that have changed, in order; nil where nobody asks for them.
    private var changedIDs: [String]?

    var count: Int { records.count }

    subscript(id: String) -> GenerationRecord? { records[id] }

    /// The generations of an account that are still known, from the oldest to the newest.
    func latest(ofAccount id: String) -> [GenerationRecord] {
        order.dropFirst(dropped).compactMap { records[$0] }.filter { $0.accountID == id }
    }

    /// The latest generations that are still known, from the newest to the oldest.
    func latest(_ count: Int) -> [GenerationRecord] {
        order.dropFirst(dropped).suffix(count).reversed().compactMap { records[$0] }
    }

    mutating func insert(_ record: GenerationRecord) {
        if records.updateValue(record, forKey: record.id) == nil { order.append(record.id) }
        changedIDs?.append(record.id)
        let stale = order.count - Self.contentLimit - 1
        if stale >= dropped {
            records[order[stale]]?.content = nil
            changedIDs?.append(order[stale])
        }
        while records.count > Self.limit {
            records[order[dropped]] = nil
            changedIDs?.append(order[dropped])
            dropped += 1
        }
        if dropped > Self.limit {
            order.removeFirst(dropped)
            dropped = 0
        }
    }

    /// Puts a record in the place of the one with its id; does nothing when that is kept no longer.
    mutating func replace(_ record: GenerationRecord) {
        guard records[record.id] != nil else { return }
        records[record.id] = record
        changedIDs?.append(record.id)
    }
}

// MARK: - Changes

extension GenerationLog {
    /// A log without records; that they are gone is a change.
    func emptied() -> GenerationLog {
        var log = GenerationLog()
        log.changedIDs = changedIDs.map { $0 + order[dropped...] }
        return log
    }

    /// Notes from now on which records change.
    mutating func trackChanges() {
        changedIDs = []
    }

    /// The records that have changed since the last call, each once, in the order of their first change; nil for those
    /// that were dropped.
    mutating func takeChanges() -> [(id: String, record: GenerationRecord?)] {
        var seen: Set<String> = []
        let ids = (changedIDs ?? []).filter { seen.insert($0).inserted }
        changedIDs?.removeAll()
        return ids.map { ($0, records[$0]) }
    }

    /// Notes changes that were taken and came to nothing, before the later ones.
    mutating func restoreChanges(_ ids: [String]) {
        changedIDs = changedIDs.map { ids + $0 }
    }
}

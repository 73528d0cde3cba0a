/// The latest generations by id; the oldest are dropped beyond a bound.
struct GenerationLog: Sendable {
    private let limit: Int
    private let contentLimit: Int
    /// From the oldest to the newest; nil where one was dropped, or has come again and is further behind.
    private var records: [KeptGeneration?] = []
    /// What was sent and came back, in the same places; nil as well where it is kept no longer.
    private var contents: [GenerationContent?] = []
    /// Where they are, by id.
    private var places: [String: Int] = [:]
    /// In front of the oldest record there are none.
    private var start = 0
    /// Records from here on have their content, so many of them.
    private var contentStart = 0
    private var contentCount = 0
    /// Ids of records that have changed, in order; nil where nobody asks for them.
    private var changedIDs: [String]?

    /// - Parameters:
    ///   - limit: records that are kept.
    ///   - contentLimit: records, the latest, that keep what was sent and what came back.
    init(limit: Int = 10_000, contentLimit: Int = 1_000) {
        self.limit = limit
        self.contentLimit = contentLimit
    }

    var count: Int { places.count }

    subscript(id: String) -> GenerationRecord? { places[id].flatMap { record(at: $0) } }

    /// The generations of an account that are still known, from the oldest to the newest.
    func latest(ofAccount id: String) -> [GenerationRecord] {
        (start..<records.count).filter { records[$0]?.record.accountID == id }.compactMap { record(at: $0) }
    }

    /// The latest generations that are still known, from the newest to the oldest.
    func latest(_ count: Int) -> [GenerationRecord] {
        Array((start..<records.count).reversed().lazy.compactMap { record(at: $0) }.prefix(count))
    }

    /// Adds the newest record, in place of an older one with its id.
    mutating func insert(_ record: consuming GenerationRecord) {
        changedIDs?.append(record.id)
        if let place = places.updateValue(records.count, forKey: record.id) {
            records[place] = nil
            contents[place] = nil
            if place >= contentStart { contentCount -= 1 }
        }
        contents.append(record.content.take())
        records.append(KeptGeneration(record))
        contentCount += 1
        if contentCount > contentLimit { forgetOldestContent() }
        if places.count > limit { dropOldest() }
        if records.count > 2 * places.count + 64 { closeGaps() }
    }

    /// Puts a record in the place of the one with its id; does nothing when that is kept no longer.
    mutating func replace(_ record: consuming GenerationRecord) {
        guard let place = places[record.id] else { return }
        changedIDs?.append(record.id)
        contents[place] = record.content.take()
        records[place] = KeptGeneration(record)
    }

    private func record(at place: Int) -> GenerationRecord? {
        guard var record = records[place]?.record else { return nil }
        record.content = contents[place]
        return record
    }

    private mutating func forgetOldestContent() {
        while records[contentStart] == nil { contentStart += 1 }
        contents[contentStart] = nil
        if let id = records[contentStart]?.record.id { changedIDs?.append(id) }
        contentStart += 1
        contentCount -= 1
    }

    private mutating func dropOldest() {
        while records[start] == nil { start += 1 }
        if let id = records[start]?.record.id {
            places[id] = nil
            changedIDs?.append(id)
        }
        records[start] = nil
        contents[start] = nil
        start += 1
    }

    private mutating func closeGaps() {
        contentStart = records[..<contentStart].count { $0 != nil }
        contents = zip(records, contents).filter { $0.0 != nil }.map(\.1)
        records.removeAll { $0 == nil }
        start = 0
        for (place, kept) in records.enumerated() {
            if let id = kept?.record.id { places[id] = place }
        }
    }
}

/// A record without its content, somewhere else than in the list: it is large, and the list moves.
private final class KeptGeneration: Sendable {
    let record: GenerationRecord

    init(_ record: consuming GenerationRecord) {
        self.record = record
    }
}

// MARK: - Changes

extension GenerationLog {
    /// A log without records; that they are gone is a change.
    func emptied() -> GenerationLog {
        var log = GenerationLog(limit: limit, contentLimit: contentLimit)
        log.changedIDs = changedIDs.map { $0 + records[start...].compactMap { $0?.record.id } }
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
        return ids.map { ($0, self[$0]) }
    }

    /// Notes changes that were taken and came to nothing, before the later ones.
    mutating func restoreChanges(_ ids: [String]) {
        changedIDs = changedIDs.map { ids + $0 }
    }
}

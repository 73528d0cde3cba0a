internal import OpenRouterAPI
internal import Tapes
internal import Testing

@testable internal import Simulation

@Suite("The log of generations")
struct GenerationLogTests {
    /// The same, with nothing done to be fast.
    private struct Model {
        let limit: Int
        let contentLimit: Int
        /// From the oldest to the newest.
        var records: [(id: String, hasContent: Bool)] = []
        var changed: [String] = []

        mutating func insert(_ id: String) {
            changed.append(id)
            records.removeAll { $0.id == id }
            records.append((id, true))
            for index in records.indices.dropLast(contentLimit) where records[index].hasContent {
                records[index].hasContent = false
                changed.append(records[index].id)
            }
            while records.count > limit { changed.append(records.removeFirst().id) }
        }
    }

    @Test(
        "Whatever comes, new or again, the latest are kept, and the latest of them with their content",
        arguments: 0..<50 as Range<UInt64>
    )
    func law(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let limit = Int.random(in: 1...30, using: &generator)
        let contentLimit = Int.random(in: 1...limit, using: &generator)
        let ids = Int.random(in: 1...60, using: &generator)
        var log = GenerationLog(limit: limit, contentLimit: contentLimit)
        var model = Model(limit: limit, contentLimit: contentLimit)
        log.trackChanges()
        for step in 0..<400 {
            let id = "gen-\(Int.random(in: 0..<ids, using: &generator))"
            var record = GenerationRecord.make(id: id, cost: .dollars(step))
            record.content = GenerationContent(input: nil, completion: "\(step)")
            log.insert(record)
            model.insert(id)
            #expect(log.count == model.records.count)
            #expect(log[id]?.cost == .dollars(step))
            let latest = log.latest(ids)
            #expect(latest.map(\.id) == model.records.reversed().map(\.id))
            #expect(latest.map { $0.content != nil } == model.records.reversed().map(\.hasContent))
            if step % 50 == 49 {
                #expect(Set(log.takeChanges().map(\.id)) == Set(model.changed))
                model.changed = []
            }
        }
        #expect(log.latest(2).count == min(2, model.records.count))
        #expect(log.emptied().count == 0)
    }
}

internal import OpenRouterAPI
internal import Simulation

extension World {
    /// 2026-09-21T14:13:20Z, a Monday.
    static let mockTime: Int64 = 1_790_000_000_000_000

    static func make(
        name: String = "main",
        seed: UInt64 = 0,
        at time: Int64 = mockTime,
        journalLimit: Int = 1000
    ) -> World {
        World(
            name: name,
            seed: seed,
            clock: .fixed(time),
            systemTime: { preconditionFailure("a fixed clock asks for no time") },
            journalLimit: journalLimit
        )
    }
}

extension GenerationRecord {
    static func make(
        id: String = "gen-1",
        key: String = "sk-or-v1-test",
        at time: Int64 = World.mockTime,
        cost: USD = .zero
    ) -> GenerationRecord {
        var record = GenerationRecord(id: id, key: key, createdAt: time)
        record.model = "acme/swift-2"
        record.provider = "Acme"
        record.finishReason = "stop"
        record.nativeFinishReason = "stop"
        record.usage = TokenUsage(prompt: 1, completion: 1)
        record.cost = cost
        return record
    }
}

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

    /// Opens the key's account when it is new.
    func account(forKey key: String) -> Account {
        guard let caller = caller(token: key) else { preconditionFailure("any text is an open key") }
        return caller.account
    }

    /// Nil for a generation of another key's account.
    func generation(id: String, key: String) -> GenerationRecord? {
        generation(id: id, account: account(forKey: key))
    }

    /// Books a generation on the account of a key, opened when it is new.
    func book(id: String = "gen-1", key: String, cost: USD) {
        _ = account(forKey: key)
        book(.make(id: id, key: key, cost: cost))
    }
}

extension GenerationRecord {
    static func make(
        id: String = "gen-1",
        key: String = "sk-or-v1-test",
        at time: Int64 = World.mockTime,
        cost: USD = .zero
    ) -> GenerationRecord {
        guard let caller = World.make().caller(token: key) else { preconditionFailure("any text is an open key") }
        var record = GenerationRecord(id: id, caller: caller, createdAt: time)
        record.model = "acme/swift-2"
        record.provider = "Acme"
        record.finishReason = "stop"
        record.nativeFinishReason = "stop"
        record.usage = TokenUsage(prompt: 1, completion: 1)
        record.cost = cost
        return record
    }
}

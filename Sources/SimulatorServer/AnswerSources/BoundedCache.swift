internal import Synchronization

/// Values by key within a bound; the first in are the first out.
final class BoundedCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct State {
        var values: [Key: (value: Value, cost: Int)] = [:]
        var order: [Key] = []
        var evicted = 0
        var cost = 0
    }

    private let limit: Int
    private let state = Mutex(State())

    /// - Parameter limit: of the costs of all values together.
    init(limit: Int) {
        self.limit = limit
    }

    subscript(key: Key) -> Value? {
        state.withLock { $0.values[key]?.value }
    }

    /// How many values there are and what they cost together.
    var load: (count: Int, cost: Int) {
        state.withLock { ($0.values.count, $0.cost) }
    }

    /// Does nothing for a key that is there; a value beyond the bound is kept alone until the next one comes.
    func insert(_ value: Value, for key: Key, cost: Int) {
        state.withLock { state in
            guard state.values[key] == nil else { return }
            state.values[key] = (value, cost)
            state.order.append(key)
            state.cost += cost
            while state.cost > limit, state.evicted < state.order.count - 1 {
                let oldest = state.values.removeValue(forKey: state.order[state.evicted])
                state.cost -= oldest?.cost ?? 0
                state.evicted += 1
            }
            if state.evicted > max(4096, state.order.count / 2) {
                state.order.removeFirst(state.evicted)
                state.evicted = 0
            }
        }
    }
}

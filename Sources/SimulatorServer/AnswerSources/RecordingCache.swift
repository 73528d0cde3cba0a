internal import Simulation
internal import Synchronization

/// Recordings read and lowered once, within a bound; the first in are the first out.
final class RecordingCache: Sendable {
    struct Key: Hashable, Sendable {
        var cassette: Int
        var id: Int64
    }

    private struct State {
        var recordings: [Key: (answer: SourcedAnswer, byteCount: Int)] = [:]
        var order: [Key] = []
        var evicted = 0
        var byteCount = 0
    }

    private let byteLimit: Int
    private let state = Mutex(State())

    init(byteLimit: Int) {
        self.byteLimit = byteLimit
    }

    subscript(key: Key) -> SourcedAnswer? {
        state.withLock { $0.recordings[key]?.answer }
    }

    /// A recording larger than the bound is kept alone until the next one comes.
    func insert(_ answer: SourcedAnswer, for key: Key, byteCount: Int) {
        state.withLock { state in
            guard state.recordings[key] == nil else { return }
            state.recordings[key] = (answer, byteCount)
            state.order.append(key)
            state.byteCount += byteCount
            while state.byteCount > byteLimit, state.evicted < state.order.count - 1 {
                let oldest = state.recordings.removeValue(forKey: state.order[state.evicted])
                state.byteCount -= oldest?.byteCount ?? 0
                state.evicted += 1
            }
            if state.evicted > 4096 {
                state.order.removeFirst(state.evicted)
                state.evicted = 0
            }
        }
    }
}

/// Broadcasts that wait to be sent; the oldest are dropped beyond a bound.
struct BroadcastQueue: Sendable {
    private static let limit = 1_000

    private var waiting: [Broadcast] = []

    mutating func append(contentsOf broadcasts: [Broadcast]) {
        waiting += broadcasts
        // A world of which nobody takes callbacks keeps little; dropped in bulk, since that moves all others.
        if waiting.count > 2 * Self.limit { waiting.removeFirst(waiting.count - Self.limit) }
    }

    mutating func takeAll() -> [Broadcast] {
        defer { waiting = [] }
        return waiting
    }
}

internal import OpenRouterAPI
internal import Synchronization

/// Keeps what a line of a batch would book: a batch is booked when it has ended.
final class BatchRecords: Sendable {
    private let records = Mutex<[GenerationRecord]>([])

    func append(_ record: GenerationRecord) {
        records.withLock { $0.append(record) }
    }

    var all: [GenerationRecord] {
        records.withLock { $0 }
    }
}

extension Call {
    /// Books an answer, or keeps it for the batch that it is part of.
    func book(_ record: GenerationRecord) {
        guard let batch else { return world.book(record) }
        batch.append(record)
    }
}

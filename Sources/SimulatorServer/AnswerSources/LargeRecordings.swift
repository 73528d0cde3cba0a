internal import Simulation
internal import Synchronization
internal import Tapes

/// A recording in one of the cassettes that are asked.
struct RecordingKey: Hashable, Sendable {
    var cassette: Int32
    var id: Int64
}

/// Recordings that are too large to be kept: read for each answer, and let go when it has been played.
///
/// Clients that are answered at the same time share one.
final class LargeRecordings: Sendable {
    /// Larger bodies are not kept.
    static let bodyByteLimit = 1 << 20

    private struct Entry {
        weak var lowered: LoweredTape?
        var booking: RecordedBooking?
    }

    private let playing = Mutex<[RecordingKey: Entry]>([:])

    /// Nil if nobody is playing it.
    subscript(key: RecordingKey) -> SourcedAnswer? {
        playing.withLock { playing in
            guard let entry = playing[key], let lowered = entry.lowered else { return nil }
            return SourcedAnswer(answer: .lowered(lowered), booking: entry.booking)
        }
    }

    func insert(_ lowered: LoweredTape, _ booking: RecordedBooking?, for key: RecordingKey) {
        playing.withLock { playing in
            playing = playing.filter { $0.value.lowered != nil }
            playing[key] = Entry(lowered: lowered, booking: booking)
        }
    }

    /// How many are being played.
    var count: Int {
        playing.withLock { $0.values.count(where: { $0.lowered != nil }) }
    }
}

/// A recording in one of the cassettes that are asked.
struct RecordingKey: Hashable, Sendable {
    var cassette: Int32
    var id: Int64
}

/// One request with the tape that answered it.
package struct Interaction: Sendable, Hashable {
    /// How the recording came to its end, beyond what the tape's ending says of the wire.
    package enum Completion: String, Sendable, Hashable, CaseIterable {
        /// The upstream said all it had to say, well or badly.
        case finished
        /// The client left first; kept, but not replayed unless asked.
        case clientLeft = "client-left"
        /// The recorder died first; kept, but not replayed unless asked.
        case interrupted
    }

    package var request: Request
    package var tape: Tape

    /// Microseconds since 1970-01-01T00:00:00Z at which the request had come in full.
    package var recordedAt: Int64

    package var completion: Completion

    package init(request: Request, tape: Tape, recordedAt: Int64, completion: Completion = .finished) {
        self.request = request
        self.tape = tape
        self.recordedAt = recordedAt
        self.completion = completion
    }
}

/// How much of a stream ``EventStreamParser`` holds in memory before it gives up.
///
/// The format has no limits of its own; without one, a peer that never sends a line end is a memory leak.
package struct EventStreamLimits: Hashable, Sendable {
    /// The longest line in bytes, without its line end.
    ///
    /// A byte order mark counts as part of the first line.
    package var lineByteCount: Int

    /// The largest data of one event in bytes before decoding, with one byte for each LF between lines.
    package var eventByteCount: Int

    /// Creates limits; each is 64 MiB unless told.
    package init(lineByteCount: Int = 64 << 20, eventByteCount: Int = 64 << 20) {
        self.lineByteCount = lineByteCount
        self.eventByteCount = eventByteCount
    }
}

/// A stream asked for more memory than its ``EventStreamLimits`` allow.
package enum EventStreamLimitError: Error, Hashable, Sendable {
    /// Line number `line`, counted from 1, has more than `limit` bytes.
    case lineTooLong(line: Int, limit: Int)

    /// With line number `line`, counted from 1, the data of one event has more than `limit` bytes.
    case eventTooLarge(line: Int, limit: Int)
}

extension EventStreamLimitError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .lineTooLong(let line, let limit):
            "line \(line) of the event stream is longer than \(limit) bytes; "
                + "either the body is no event stream or the limit must be raised"
        case .eventTooLarge(let line, let limit):
            "the data of one event is larger than \(limit) bytes at line \(line) of the event stream; "
                + "either an empty line is missing or the limit must be raised"
        }
    }
}

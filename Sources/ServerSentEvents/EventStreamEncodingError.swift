/// A part of an event cannot be written, because the format has no escape for it.
package enum EventStreamEncodingError: Error, Hashable, Sendable {
    /// The type holds a line break.
    case lineBreakInType(String)

    /// The ID holds a line break or NUL; readers ignore an `id` field with NUL (HTML Standard, section 9.2.6).
    case unwritableID(String)
}

extension EventStreamEncodingError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .lineBreakInType(let type):
            "the event type \(type.debugDescription) has a line break; a type is a single line"
        case .unwritableID(let id):
            "the event ID \(id.debugDescription) has a line break or NUL; an ID is a single line without NUL"
        }
    }
}

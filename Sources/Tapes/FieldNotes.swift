package import HTTPTypes
internal import Synchronization

/// What was found out about header fields, kept for the requests that come with the same again.
///
/// Such requests may differ in `Content-Length`: nothing in here may depend on it.
package final class FieldNotes: Sendable {
    /// At most one of each class.
    private let notes = Mutex<[any AnyObject & Sendable]>([])

    package init() {}

    /// The note of a class, made when it is asked for first.
    fileprivate func note<Note: AnyObject & Sendable>(_ make: () -> Note) -> Note {
        if let known = notes.withLock({ $0.first { $0 is Note } as? Note }) { return known }
        let note = make()
        // Two that ask at once both make one; which of them is found later is all the same.
        notes.withLock { $0.append(note) }
        return note
    }
}

extension Request {
    /// What `make` finds in the header fields, which it looks for once where requests repeat them.
    ///
    /// - Parameter make: depends on the class of what it makes and on nothing else, nor on `Content-Length`.
    /// - Returns: what it makes now, or has made before.
    package func noted<Note: AnyObject & Sendable>(_ make: (HTTPFields) -> Note) -> Note {
        guard let fieldNotes else { return make(fields) }
        return fieldNotes.note { make(fields) }
    }
}

/// One place where a requested document differs from a recorded one.
package struct JSONDifference: Sendable, CustomStringConvertible {
    package enum Change: Sendable {
        /// Only the request has it.
        case added(JSONValue)
        /// Only the recording has it.
        case removed(JSONValue)
        /// Both have it, with another value.
        case changed(from: JSONValue, to: JSONValue)
    }

    /// The place.
    ///
    /// Array positions are those in the request; only for a removed element that in the recording.
    package var pointer: JSONPointer
    package var change: Change

    /// One line, such as `/temperature: not recorded → requested 0.7`.
    package var description: String {
        description(limit: 80)
    }

    /// One line in which each value takes at most so many characters.
    package func description(limit: Int) -> String {
        let place = pointer.components.isEmpty ? "(whole document)" : pointer.description
        switch change {
        case .added(let value):
            return "\(place): not recorded → requested \(JSONExcerpt.text(of: value, limit: limit))"
        case .removed(let value):
            return "\(place): recorded \(JSONExcerpt.text(of: value, limit: limit)) → not requested"
        case .changed(let from, let to):
            let (recorded, requested) = JSONExcerpt.texts(of: from, and: to, limit: limit)
            return "\(place): recorded \(recorded) → requested \(requested)"
        }
    }
}

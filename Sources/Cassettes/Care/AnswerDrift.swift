/// One way in which an answer has another shape than an earlier one.
package struct AnswerDrift: Sendable, Hashable {
    package enum Severity: String, Sendable, Hashable, CaseIterable {
        /// What a client may rely on is gone, or of another type, or the answer is another one altogether.
        case breaking
        /// It may be a matter of values: null for what never was null, or a member that not every object had is gone.
        case warning
        /// Something is new, which clients are to ignore.
        case info
    }

    package var severity: Severity
    /// Such as `status`, `/usage/cost` or `event 'response.completed' /response`.
    package var place: String
    /// What was there; `none` for nothing.
    package var before: String
    package var after: String

    init(_ severity: Severity, _ place: String, from before: String?, to after: String?) {
        self.severity = severity
        self.place = place
        self.before = before ?? "none"
        self.after = after ?? "none"
    }
}

extension AnswerDrift: CustomStringConvertible {
    package var description: String { "\(place): \(before) → \(after)" }
}

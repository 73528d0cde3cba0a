/// What a text must be; all that is set must hold.
package struct TextMatcher: Sendable, Hashable {
    package var exact: String?
    /// A part of the text.
    package var contains: String?
    package var pattern: ScenarioPattern?
    /// Whether there is one at all; anything else that is set asks for one too.
    package var isPresent: Bool?

    package init(
        exact: String? = nil,
        contains: String? = nil,
        pattern: ScenarioPattern? = nil,
        isPresent: Bool? = nil
    ) {
        self.exact = exact
        self.contains = contains
        self.pattern = pattern
        self.isPresent = isPresent
    }

    package func matches(_ text: String?) -> Bool {
        guard let text else { return isPresent == false && exact == nil && contains == nil && pattern == nil }
        guard isPresent != false else { return false }
        if let exact, text != exact { return false }
        if let contains, !contains.isEmpty, !text.utf8.contains(contains.utf8) { return false }
        if let pattern, !pattern.matches(text) { return false }
        return true
    }
}

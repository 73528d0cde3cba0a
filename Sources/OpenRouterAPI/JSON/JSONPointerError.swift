/// A text that is no JSON Pointer.
package struct JSONPointerError: Error, Hashable, CustomStringConvertible {
    package enum Problem: Sendable, Hashable {
        case missingLeadingSlash
        case incompleteEscape(component: String)
    }

    /// The text in full.
    package var text: String
    package var problem: Problem

    package var description: String {
        switch problem {
        case .missingLeadingSlash:
            "'\(text)' is no JSON Pointer: it must be empty or start with '/', such as '/\(text)'"
        case .incompleteEscape(let component):
            "'\(text)' is no JSON Pointer: in '\(component)', '~' must be written '~0' (and '/' inside a name '~1')"
        }
    }
}

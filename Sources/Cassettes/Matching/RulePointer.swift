internal import OpenRouterAPI

/// A JSON Pointer (RFC 6901) in which `*` stands for any member or element, such as `/messages/*/tool_call_id`.
///
/// A member that is really called `*` can only be named together with its siblings.
package struct RulePointer: Sendable, Hashable {
    /// The text as it was given.
    package let description: String
    private let components: [String]

    /// - Throws: ``MatchingRulesError`` if the text is no pointer or names the whole body.
    package init(_ text: String) throws(MatchingRulesError) {
        do throws(JSONPointerError) {
            components = try JSONPointer(text).components
        } catch {
            throw .pointer(error)
        }
        guard !components.isEmpty else { throw .wholeBody }
        description = text
    }

    var count: Int { components.count }

    /// Whether a member name or an element's number fits at a depth, 0 for what the body holds directly.
    func matches(_ component: String, at depth: Int) -> Bool {
        components[depth] == "*" || components[depth].utf8.elementsEqual(component.utf8)
    }

    /// Whether a place is the one that is named, or lies in it.
    func covers(_ pointer: JSONPointer) -> Bool {
        pointer.components.count >= count
            && pointer.components.prefix(count).enumerated().allSatisfy { matches($0.element, at: $0.offset) }
    }
}

extension RulePointer: CustomStringConvertible {}

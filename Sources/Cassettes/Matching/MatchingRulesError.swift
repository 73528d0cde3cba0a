package import OpenRouterAPI

/// A text that is no rule.
package enum MatchingRulesError: Error, Hashable {
    case pointer(JSONPointerError)
    /// The empty pointer.
    case wholeBody
    /// Neither the name of a pattern nor likely meant as one.
    case unknownName(String)
    /// `reason` is the compiler's.
    case pattern(String, reason: String)
    case headerName(String)
    /// A field that cassettes do not keep.
    case droppedHeader(String)
    /// Rules in a cassette that cannot be read.
    case stored(String)
}

extension MatchingRulesError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .pointer(let error):
            return "\(error). Expected a pointer such as '/messages/*/tool_call_id', where * is any member or element."
        case .wholeBody:
            return "an empty pointer would ignore the whole body. "
                + "Expected a pointer to a part of it, such as '/metadata' or '/messages/*/tool_call_id'."
        case .unknownName(let text):
            let names = NamedPattern.allCases.map(\.rawValue).joined(separator: ", ")
            return "'\(text)' is not a pattern to normalize. Expected one of: \(names); or a regular expression, "
                + "in which a plain word is written '(\(text))'."
        case .pattern(let text, let reason):
            return "'\(text)' is not a regular expression: \(reason). "
                + "Expected the syntax of Swift's Regex, such as 'run-[0-9]+'; quote it for the shell."
        case .headerName(let text):
            return "'\(text)' is not the name of a header field. Expected a name such as 'anthropic-version'."
        case .droppedHeader(let name):
            return "header field '\(name)' cannot count: cassettes do not keep it. "
                + "Kept are fields that carry no credentials, such as anthropic-version, anthropic-beta, openai-beta, "
                + "accept, user-agent, http-referer, x-title and x-openrouter-*."
        case .stored(let reason):
            return reason
        }
    }
}

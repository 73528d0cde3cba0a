internal import OpenRouterAPI

/// Walks the bodies of the conversational APIs: what people, models and tools say is text, names, types and media are
/// not (guide "Sensitive info guardrail", August 2026: message content, tool call arguments, prompts).
extension ContentScanner {
    /// Members whose strings are text, wherever they stand in a message.
    private static let textMembers: Set<String> = [
        "arguments", "content", "input", "output", "refusal", "summary", "text",
    ]

    private enum Reading {
        /// Strings are not text, but members of objects may be.
        case nothing
        case text
        /// All strings are text, as in the input of a tool.
        case everything
    }

    /// - Parameter body: of a request.
    /// - Returns: the body with what is redacted replaced.
    mutating func screened(_ body: JSONValue) -> JSONObject {
        var screened = JSONObject()
        for member in body.members { screened.append(member.key, screenedMember(member.key, member.value)) }
        return screened
    }

    private mutating func screenedMember(_ name: String, _ value: JSONValue) -> JSON {
        switch name {
        case "messages", "input":
            guard value.kind == .array else { return rewritten(value, .text, isUser: true) }
            var items: [JSON] = []
            for item in value.elements {
                items.append(rewritten(item, .nothing, isUser: item["role"]?.string == "user"))
            }
            return .array(items)
        case "prompt": return rewritten(value, value.kind == .object ? .nothing : .text, isUser: true)
        case "instructions", "system": return rewritten(value, .text, isUser: false)
        default: return JSON(value)
        }
    }

    private mutating func rewritten(_ value: JSONValue, _ reading: Reading, isUser: Bool) -> JSON {
        switch value.kind {
        case .string:
            guard reading != .nothing, let text = value.string else { return JSON(value) }
            return .string(scan(text, isUser: isUser))
        case .array:
            var elements: [JSON] = []
            for element in value.elements { elements.append(rewritten(element, reading, isUser: isUser)) }
            return .array(elements)
        case .object:
            let type = value["type"]?.string
            var object = JSONObject()
            for member in value.members {
                let inner = reading == .everything ? .everything : Self.reading(of: member.key, inPartOf: type)
                object.append(member.key, rewritten(member.value, inner, isUser: isUser))
            }
            return .object(object)
        case .number, .bool, .null:
            return JSON(value)
        }
    }

    private static func reading(of member: String, inPartOf type: String?) -> Reading {
        switch (type, member) {
        case ("tool_use", "input"), ("server_tool_use", "input"): .everything
        // The source of a plain text document.
        case ("text", "data"): .text
        default: textMembers.contains(member) ? .text : .nothing
        }
    }
}

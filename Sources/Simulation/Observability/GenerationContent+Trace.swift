internal import OpenRouterAPI

extension GenerationContent {
    /// What came back, as traces show it.
    ///
    /// - Parameter request: the whole body, which traces repeat.
    /// - Returns: an object, whose text is an attribute.
    func told(_ request: JSONValue?) -> JSON {
        var members: JSONObject = ["completion": completion.json, "reasoning": reasoning.json]
        if !toolCalls.isEmpty { members.append("toolCalls", .array(toolCalls.map(\.json))) }
        members.append("rawRequest", request.map { JSON($0).withoutMedia })
        return .object(members)
    }
}

extension ToolCall {
    fileprivate var json: JSON {
        [
            "id": .string(id), "type": "function",
            "function": ["name": .string(name), "arguments": .string(arguments)],
        ]
    }
}

extension JSON {
    private static let textTypes: Set<String> = [
        "text", "input_text", "output_text", "refusal", "reasoning", "thinking", "summary_text", "reasoning_text",
    ]

    /// The same without pictures, sound, videos and files in the content of messages (guide: broadcast, "Trace data").
    var withoutMedia: JSON {
        switch self {
        case .array(let elements): .array(elements.map(\.withoutMedia))
        case .object(let object):
            .object(
                JSONObject(
                    object.members.map { member in
                        guard member.key == "content", case .array(let parts) = member.value else {
                            return (member.key, member.value.withoutMedia)
                        }
                        return (member.key, .array(parts.filter { !$0.isMedia }.map(\.withoutMedia)))
                    }
                )
            )
        default: self
        }
    }

    /// Whether a part of a message's content is none of text and none of tools.
    private var isMedia: Bool {
        guard case .string(let type) = members?["type"] else { return false }
        return !Self.textTypes.contains(type) && !type.hasPrefix("tool") && !type.hasPrefix("function")
            && !type.hasSuffix("_tool_result") && !type.hasSuffix("tool_use")
    }
}

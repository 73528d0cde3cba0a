internal import OpenRouterAPI

/// A thing that happens to the content of a message while it is made (reference: inference §5.4).
///
/// A stream tells them one by one; an unstreamed message is what they add up to.
enum MessagesEvent {
    case blockStart(MessagesBlock)
    /// More of the block that has started.
    case delta(MessagesDelta)
    case blockStop
    case wait(Duration)
    /// A comment, a pause or an interruption.
    case silence(GenerationStep)
    /// Nothing follows.
    case failure(ProviderFailure)
}

/// A content block as it starts (schema `ORAnthropicContentBlock`).
enum MessagesBlock {
    case thinking
    case text
    /// A call by the model: `tool_use`, or `server_tool_use` where OpenRouter runs the tool.
    case call(type: String, id: String, name: String)
    /// A block that has all it will have.
    case whole(JSONObject)

    var json: JSONObject {
        switch self {
        case .thinking: ["type": "thinking", "thinking": "", "signature": ""]
        case .text: ["type": "text", "text": "", "citations": .null]
        case .call(let type, let id, let name):
            [
                "type": .string(type), "id": .string(id), "name": .string(name), "input": [:],
                "caller": Self.directCaller,
            ]
        case .whole(let block): block
        }
    }

    /// The model itself calls, and not a program that it wrote; the schemas require the member.
    static let directCaller: JSON = ["type": "direct"]
}

enum MessagesDelta {
    case thinking(String)
    case signature(String)
    case text(String)
    case citation(JSON)
    /// A piece of the JSON text of a call's input.
    case input(String)

    var json: JSON {
        switch self {
        case .thinking(let piece): ["type": "thinking_delta", "thinking": .string(piece)]
        case .signature(let signature): ["type": "signature_delta", "signature": .string(signature)]
        case .text(let piece): ["type": "text_delta", "text": .string(piece)]
        case .citation(let citation): ["type": "citations_delta", "citation": citation]
        case .input(let piece): ["type": "input_json_delta", "partial_json": .string(piece)]
        }
    }
}

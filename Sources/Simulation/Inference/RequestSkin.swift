internal import OpenRouterAPI

/// Whose shape a request's body has, as far as presets care.
enum RequestSkin: String, Sendable, Codable {
    case chat, completions, messages, responses

    /// Whether tools, tool choice and limits of one mean the same in the other.
    func hasShape(of other: RequestSkin) -> Bool {
        func shape(_ skin: RequestSkin) -> RequestSkin { skin == .completions ? .chat : skin }
        return shape(self) == shape(other)
    }
}

// MARK: - System prompt

extension RequestSkin {
    /// The member that holds nothing but the system prompt.
    private var systemMember: String? {
        switch self {
        case .chat, .completions: nil
        case .messages: "system"
        case .responses: "instructions"
        }
    }

    private var conversationMember: String { self == .responses ? "input" : "messages" }

    /// Whether the request says anything about its system prompt; null in its own member is saying that there is none.
    func hasSystemPrompt(_ body: JSONValue) -> Bool {
        if let systemMember, body[systemMember] != nil { return true }
        return !systemMessages(of: body).isEmpty
    }

    /// The texts of the skin's own member and of system messages, with an empty line between; nil when there is none.
    func systemPrompt(of body: JSONValue) -> String? {
        let member = systemMember.flatMap { body[$0] }
        let contents = [member] + systemMessages(of: body).map { $0["content"] }
        let texts = contents.compactMap { $0.map(Self.text) }.filter { !$0.isEmpty }
        return texts.isEmpty ? nil : texts.joined(separator: "\n\n")
    }

    private func systemMessages(of body: JSONValue) -> [JSONValue] {
        body[conversationMember]?.elements.filter { ["system", "developer"].contains($0["role"]?.string) } ?? []
    }

    /// Of a string, or of parts with a text each.
    private static func text(_ content: JSONValue) -> String {
        content.string ?? content.elements.compactMap { $0["text"]?.string }.joined(separator: "\n")
    }

    /// Puts a system prompt where the skin has it; before the text of a request without messages.
    func add(_ systemPrompt: String, to body: inout JSONObject) {
        if let systemMember {
            body[systemMember] = .string(systemPrompt)
        } else if self == .chat, case .array(let messages) = body["messages"] {
            body["messages"] = .array([["role": "system", "content": .string(systemPrompt)]] + messages)
        } else {
            body["prompt"] = body["prompt"].map { Self.prefixed($0, systemPrompt) }
        }
    }

    private static func prefixed(_ prompt: JSON, _ prefix: String) -> JSON {
        switch prompt {
        case .string(let text): .string("\(prefix)\n\n\(text)")
        case .array(let texts): .array(texts.map { prefixed($0, prefix) })
        default: prompt
        }
    }
}

internal import OpenRouterAPI

/// Reads and checks one item of the `input` of `POST /responses` (reference: inference §4.3).
struct ResponsesItemReader {
    private let item: FieldReader

    init(_ value: JSONValue, path: String) throws(APIError) {
        item = try FieldReader(value, path: path)
    }

    /// Items that say nothing to the synthetic model: replays of what tools did elsewhere, and references.
    private static let silentTypes: Set<String> = [
        "additional_tools", "agent_message", "apply_patch_call", "code_interpreter_call", "compaction", "computer_call",
        "context_compaction", "file_search_call", "image_generation_call", "local_shell_call", "mcp_approval_request",
        "mcp_approval_response", "mcp_call", "mcp_list_tools", "shell_call", "web_search_call",
    ]

    func read(into prompt: inout PromptReader) throws(APIError) {
        let type = try item.string("type") ?? "message"
        _ = try item.string("id")
        switch type {
        case "message":
            return try readMessage(into: &prompt)
        case "reasoning":
            try readReasoning(into: &prompt)
        case "function_call":
            try readCall(content: "arguments", into: &prompt)
        case "custom_tool_call":
            try readCall(content: "input", into: &prompt)
        case "function_call_output", "custom_tool_call_output":
            try readCallOutput(into: &prompt)
        case "apply_patch_call_output", "computer_call_output", "local_shell_call_output", "shell_call_output":
            prompt.beginMessage(isUser: false)
            prompt.readToolResult(item.optional("output").map { JSON($0).text } ?? "")
        case "item_reference":
            _ = try item.requiredString("id")
        case _ where Self.silentTypes.contains(type) || type.hasPrefix("openrouter:"):
            break
        default:
            throw item.invalid("type", expected: "a type of input item such as message or function_call_output")
        }
    }
}

// MARK: - Messages

extension ResponsesItemReader {
    private enum Role: String, CaseIterable {
        case user, system, assistant, developer
    }

    private enum Phase: String, CaseIterable {
        case commentary
        case finalAnswer = "final_answer"
    }

    private enum Status: String, CaseIterable {
        case inProgress = "in_progress"
        case completed, incomplete
    }

    private func readMessage(into prompt: inout PromptReader) throws(APIError) {
        let role = try item.requiredChoice("role", of: Role.self)
        _ = try item.choice("phase", of: Phase.self)
        _ = try item.choice("status", of: Status.self)
        prompt.beginMessage(isUser: role == .user)
        try readContent("content", into: &prompt)
    }

    /// A string, parts, or nothing.
    private func readContent(_ name: String, into prompt: inout PromptReader) throws(APIError) {
        guard let content = item.optional(name) else { return }
        if let text = content.string { return prompt.read(text: text) }
        guard content.kind == .array else { throw item.invalid(name, expected: "a string or an array of parts") }
        for (index, part) in content.elements.enumerated() {
            let path = "\(item.path(of: name))[\(index)]"
            try ResponsesPartReader(part, path: path).read(into: &prompt)
        }
    }
}

// MARK: - Reasoning and calls

extension ResponsesItemReader {
    private func readReasoning(into prompt: inout PromptReader) throws(APIError) {
        prompt.beginMessage(isUser: false)
        for name in ["summary", "content"] {
            for (index, value) in try item.array(name)?.elements.enumerated().map({ $0 }) ?? [] {
                let part = try FieldReader(value, path: "\(item.path(of: name))[\(index)]")
                prompt.read(text: try part.requiredString("text"))
            }
        }
        for name in ["encrypted_content", "signature", "format"] { _ = try item.string(name) }
    }

    /// Reads a call; `content` names the member that holds what the tool is called with.
    private func readCall(content: String, into prompt: inout PromptReader) throws(APIError) {
        _ = try item.requiredString("call_id")
        _ = try item.string("namespace")
        prompt.beginMessage(isUser: false)
        prompt.readToolCall(name: try item.requiredString("name"), arguments: try item.requiredString(content))
    }

    private func readCallOutput(into prompt: inout PromptReader) throws(APIError) {
        _ = try item.requiredString("call_id")
        guard item.optional("output") != nil else {
            throw item.invalid("output", expected: "a string or an array of parts")
        }
        prompt.beginMessage(isUser: false)
        try readContent("output", into: &prompt)
        prompt.readToolResult("")
    }
}

internal import OpenRouterAPI

/// Reads `tools` and `tool_choice` of `POST /responses` (reference: inference §4.2, §4.4).
struct ResponsesToolFields {
    /// What was declared, groups taken apart.
    struct Tools {
        var functions: [GenerationRequest.Tool] = []
        var serverTools: [ServerTool] = []
    }

    let reader: FieldReader

    /// Tools of the model's provider; they are taken, and the synthetic model never calls them.
    private static let nativeTypes: Set<String> = [
        "file_search", "computer_use_preview", "code_interpreter", "mcp", "image_generation", "local_shell", "shell",
        "apply_patch",
    ]

    func tools(_ prompt: inout PromptReader) throws(APIError) -> Tools {
        var tools = Tools()
        for (index, value) in try reader.array("tools")?.elements.enumerated().map({ $0 }) ?? [] {
            try read(try FieldReader(value, path: "tools[\(index)]"), into: &tools)
            prompt.read(toolDefinition: value)
        }
        return tools
    }

    private func read(_ tool: FieldReader, into tools: inout Tools) throws(APIError) {
        let expected = "function, custom, namespace, or a server tool such as openrouter:web_search"
        guard let type = try tool.string("type") else { throw tool.invalid("type", expected: expected) }
        switch type {
        case "function", "custom":
            tools.functions.append(try callable(tool, takesText: type == "custom"))
        case "namespace":
            try readGroup(tool, into: &tools)
        case _ where type.hasPrefix("openrouter:") || type.hasPrefix("web_search"):
            tools.serverTools.append(try ServerTool(type: type, tool))
        case _ where Self.nativeTypes.contains(type):
            break
        default:
            throw tool.invalid("type", expected: expected)
        }
    }

    private func readGroup(_ group: FieldReader, into tools: inout Tools) throws(APIError) {
        _ = try group.requiredString("name")
        _ = try group.string("description")
        guard let members = try group.array("tools") else {
            throw group.invalid("tools", expected: "an array of function and custom tools")
        }
        for (index, value) in members.elements.enumerated() {
            let tool = try FieldReader(value, path: "\(group.path(of: "tools"))[\(index)]")
            guard let type = try tool.string("type"), type == "function" || type == "custom" else {
                throw tool.invalid("type", expected: "function or custom")
            }
            tools.functions.append(try callable(tool, takesText: type == "custom"))
        }
    }

    private enum TextFormat: String, CaseIterable {
        case text, grammar
    }

    private func callable(_ tool: FieldReader, takesText: Bool) throws(APIError) -> GenerationRequest.Tool {
        guard let name = try tool.string("name"), !name.isEmpty else {
            throw tool.invalid("name", expected: "a string")
        }
        _ = try tool.string("description")
        _ = try tool.bool("defer_loading")
        guard !takesText else {
            _ = try tool.object("format")?.choice("type", of: TextFormat.self)
            return GenerationRequest.Tool(name: name, takesText: true)
        }
        _ = try tool.bool("strict")
        return GenerationRequest.Tool(name: name, parameters: try tool.object("parameters")?.value)
    }
}

// MARK: - Choice

extension ResponsesToolFields {
    /// Types of choices that name a tool which is not the client's; the model may use it anyway.
    private static let hostedChoices: Set<String> = [
        "web_search", "web_search_preview", "web_search_preview_2025_03_11", "web_search_2025_08_26", "file_search",
        "computer_use_preview", "code_interpreter", "image_generation", "mcp", "apply_patch", "shell",
    ]

    /// Reads which of the tools declared may be called, and whether one has to be.
    func choice(
        among tools: [GenerationRequest.Tool]
    ) throws(APIError) -> (callable: [GenerationRequest.Tool], choice: GenerationRequest.ToolChoice) {
        let expected = "none, auto, required, {\"type\":\"function\",\"name\":…} or {\"type\":\"allowed_tools\",…}"
        guard let member = reader.optional("tool_choice") else { return (tools, .auto) }
        if let choice = member.string.flatMap(GenerationRequest.ToolChoice.init(word:)) { return (tools, choice) }
        guard member.kind == .object, let object = try reader.object("tool_choice"),
            let type = member["type"]?.string
        else { throw reader.invalid("tool_choice", expected: expected) }
        switch type {
        case "function", "custom":
            let name = try object.string("name")
            return (tools, try .function(named: name, among: tools, path: object.path(of: "name")))
        case "allowed_tools":
            return try allowed(object, among: tools)
        case _ where Self.hostedChoices.contains(type) || type.hasPrefix("openrouter:"):
            return (tools, .auto)
        default:
            throw object.invalid("type", expected: "function, custom, allowed_tools or the type of a server tool")
        }
    }

    private enum AllowedMode: String, CaseIterable {
        case auto, required
    }

    private func allowed(
        _ choice: FieldReader,
        among tools: [GenerationRequest.Tool]
    ) throws(APIError) -> (callable: [GenerationRequest.Tool], choice: GenerationRequest.ToolChoice) {
        guard let mode = try choice.choice("mode", of: AllowedMode.self) else {
            throw choice.invalid("mode", expected: "auto or required")
        }
        guard let list = try choice.array("tools") else { throw choice.invalid("tools", expected: "an array of tools") }
        var names: Set<String> = []
        for (index, value) in list.elements.enumerated() {
            let tool = try FieldReader(value, path: "\(choice.path(of: "tools"))[\(index)]")
            guard let type = try tool.string("type") else { throw tool.invalid("type", expected: "a tool's type") }
            guard type == "function" || type == "custom" else { continue }
            let name = try tool.string("name")
            _ = try GenerationRequest.ToolChoice.function(named: name, among: tools, path: tool.path(of: "name"))
            if let name { names.insert(name) }
        }
        return (tools.filter { names.contains($0.name) }, mode == .required ? .required : .auto)
    }
}

internal import OpenRouterAPI

/// The tools of a `POST /messages` request, and how they may be called (reference: inference §5.1).
struct MessagesTools {
    /// Those that the client runs.
    private(set) var client: [GenerationRequest.Tool] = []
    /// Those that OpenRouter or the provider runs.
    private(set) var server: [ServerTool] = []
    private(set) var choice = GenerationRequest.ToolChoice.auto
    private(set) var allowsParallelCalls = true
    private var serverNames: [String] = []

    init(reading reader: FieldReader, into prompt: inout PromptReader) throws(APIError) {
        for (index, value) in (try reader.array("tools"))?.elements.enumerated().map({ $0 }) ?? [] {
            let tool = try FieldReader(value, path: "tools[\(index)]")
            prompt.read(toolDefinition: value)
            try read(tool)
            try tool.markCacheBreakpoint(in: &prompt)
        }
        try readChoice(reader)
    }

    private mutating func read(_ tool: FieldReader) throws(APIError) {
        let type = try tool.string("type") ?? "custom"
        if type == "custom" {
            let name = try tool.requiredString("name")
            guard !name.isEmpty, name.unicodeScalars.count <= 128 else {
                throw tool.invalid("name", expected: "a string of 1 to 128 characters")
            }
            _ = try tool.string("description")
            _ = try tool.bool("defer_loading")
            let schema = try tool.requiredObject("input_schema").value
            client.append(GenerationRequest.Tool(name: name, parameters: schema))
        } else if let known = AnthropicClientTool(rawValue: type) {
            try check("name", of: tool, is: known.name)
            client.append(GenerationRequest.Tool(name: known.name, parameters: known.inputSchema))
        } else {
            if let name = Self.serverToolNames[type] { try check("name", of: tool, is: name) }
            if type == "advisor_20260301" { _ = try tool.requiredString("model") }
            serverNames += [try tool.string("name") ?? type]
            server.append(try ServerTool(type: type, tool))
        }
    }

    /// Names that go with a type; other types are taken with any name.
    private static let serverToolNames = [
        "web_search_20250305": "web_search",
        "web_search_20260209": "web_search",
        "advisor_20260301": "advisor",
        "tool_search_tool_bm25": "tool_search_tool_bm25",
        "tool_search_tool_bm25_20251119": "tool_search_tool_bm25",
        "tool_search_tool_regex": "tool_search_tool_regex",
        "tool_search_tool_regex_20251119": "tool_search_tool_regex",
    ]

    private func check(_ member: String, of tool: FieldReader, is text: String) throws(APIError) {
        guard try tool.string(member) == text else {
            throw tool.invalid(member, expected: JSON.string(text).text)
        }
    }
}

// MARK: - Choice

extension MessagesTools {
    private enum Choice: String, CaseIterable {
        case auto, any, tool, none
    }

    private mutating func readChoice(_ reader: FieldReader) throws(APIError) {
        guard let object = try reader.object("tool_choice") else { return }
        allowsParallelCalls = try object.bool("disable_parallel_tool_use") != true
        switch try object.requiredChoice("type", of: Choice.self) {
        case .auto: choice = .auto
        case .none: choice = .none
        case .any: choice = .required
        case .tool:
            let name = try object.requiredString("name")
            if client.contains(where: { $0.name == name }) {
                choice = .function(name)
            } else if !serverNames.contains(name) {
                let names = client.map(\.name) + serverNames
                throw object.invalid("name", expected: GenerationRequest.ToolChoice.expectation(among: names))
            }
        }
    }
}

internal import OpenRouterAPI

/// A tool as a request of any skin declares it.
struct ToolDeclaration: Sendable {
    let value: JSONValue

    /// Equal for tools that replace each other (reference: platform §1.10).
    ///
    /// Functions go by their name, whatever the skin, server tools by their type; of advisors and subagents there may be
    /// several, told apart by `parameters.name`.
    var identity: String {
        if let function, let name = function["name"]?.string { return "function \(name)" }
        let type = value["type"]?.string ?? ""
        guard type.contains("advisor") || type.contains("subagent") else { return type }
        return "\(type) \(value["parameters"]?["name"]?.string ?? "")"
    }

    /// The object with the function's name: `function` on chat, the tool itself elsewhere; nil for a server tool.
    private var function: JSONValue? {
        switch value["type"]?.string {
        case "function", "custom", nil: value["function"] ?? value
        default: nil
        }
    }

    /// The same tool for another skin.
    ///
    /// - Returns: nil for a server tool that only the first skin knows.
    func json(from origin: RequestSkin, for skin: RequestSkin) -> JSON? {
        if skin.hasShape(of: origin) { return JSON(value) }
        guard let function else {
            return value["type"]?.string?.hasPrefix("openrouter:") == true ? JSON(value) : nil
        }
        let parameters = function["parameters"] ?? function["input_schema"]
        var members: JSONObject = [:]
        members.append("name", function["name"].map { JSON($0) })
        members.append("description", function["description"].map { JSON($0) })
        switch skin {
        case .chat, .completions:
            members.append("parameters", parameters.map { JSON($0) })
            return ["type": "function", "function": .object(members)]
        case .messages:
            members.append("input_schema", parameters.map { JSON($0) } ?? ["type": "object"])
        case .responses:
            members.append("type", "function")
            members.append("parameters", parameters.map { JSON($0) } ?? .null)
        }
        return .object(members)
    }
}

internal import OpenRouterAPI

/// Tools whose input Anthropic has defined and that the client runs.
enum AnthropicClientTool: String {
    case bash = "bash_20250124"
    case textEditor = "text_editor_20250124"

    /// The name that the tool has to be given.
    var name: String {
        switch self {
        case .bash: "bash"
        case .textEditor: "str_replace_editor"
        }
    }

    /// What the model is known to send; of the editor's commands the one that changes nothing.
    ///
    /// Source: Anthropic's tool documentation, bash tool and text editor tool.
    var inputSchema: JSONValue? {
        switch self {
        case .bash: Self.bashSchema
        case .textEditor: Self.textEditorSchema
        }
    }

    private static let bashSchema = schema(
        #"{"type":"object","properties":{"command":{"enum":["ls -la","pwd","uname -a","date"]}},"required":["command"]}"#
    )

    private static let textEditorSchema = schema(
        #"""
        {"type":"object","properties":{"command":{"enum":["view"]},"path":{"enum":["/repo","/repo/README.md"]}},
        "required":["command","path"]}
        """#
    )

    private static func schema(_ text: String) -> JSONValue? {
        try? JSONDocument(parsing: text.utf8).root
    }
}

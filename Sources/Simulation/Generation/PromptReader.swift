internal import OpenRouterAPI

/// What a conversation says to the synthetic model, and how many tokens it counts.
struct PromptReader {
    private(set) var lastUserText = ""
    private(set) var tokenCount = 3
    private(set) var hasToolResult = false

    /// Tokens each message costs besides its text; OpenAI's chat format has four.
    private static let messageOverhead = 4

    /// Simulated tokens of media, near what vendors document for a small item.
    private static let mediaTokenCount = 258

    mutating func read(_ message: JSONValue) {
        tokenCount += Self.messageOverhead
        let role = message["role"]?.string
        let text = read(content: message["content"])
        switch role {
        case "user":
            lastUserText = text
            hasToolResult = false
        case "tool":
            hasToolResult = true
        default:
            break
        }
        for call in message["tool_calls"].map({ Array($0.elements) }) ?? [] {
            tokenCount += TokenSplitter.count(call["function"]?["name"]?.string ?? "")
            tokenCount += TokenSplitter.count(call["function"]?["arguments"]?.string ?? "")
        }
    }

    /// A text prompt, as in `/completions`.
    mutating func read(prompt: String) {
        lastUserText = prompt
        tokenCount = max(1, TokenSplitter.count(prompt))
    }

    mutating func read(tool: JSONValue) {
        tokenCount += TokenSplitter.count(String(decoding: tool.raw, as: UTF8.self))
    }

    private mutating func read(content: JSONValue?) -> String {
        guard let content else { return "" }
        if let text = content.string {
            tokenCount += TokenSplitter.count(text)
            return text
        }
        guard content.kind == .array else { return "" }
        var texts: [String] = []
        for part in content.elements {
            if let text = part["text"]?.string {
                tokenCount += TokenSplitter.count(text)
                texts.append(text)
            } else {
                tokenCount += Self.mediaTokenCount
            }
        }
        return texts.joined(separator: "\n")
    }
}

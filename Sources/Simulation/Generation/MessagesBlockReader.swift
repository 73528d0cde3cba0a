internal import OpenRouterAPI

/// Reads and checks one content block of a message (schema `MessagesMessageParam`, `content`).
struct MessagesBlockReader {
    private enum BlockType: String, CaseIterable {
        case text, image, document, thinking, compaction
        case toolUse = "tool_use"
        case toolResult = "tool_result"
        case redactedThinking = "redacted_thinking"
        case serverToolUse = "server_tool_use"
        case webSearchToolResult = "web_search_tool_result"
        case webFetchToolResult = "web_fetch_tool_result"
        case searchResult = "search_result"
        case advisorToolResult = "advisor_tool_result"
        case toolAddition = "tool_addition"
        case toolRemoval = "tool_removal"
        case bashToolResult = "openrouter_bash_tool_result"
        case shellToolResult = "openrouter_shell_tool_result"
    }

    private let block: FieldReader

    init(_ value: JSONValue, path: String) throws(APIError) {
        block = try FieldReader(value, path: path)
    }

    func read(into prompt: inout PromptReader) throws(APIError) {
        switch try block.requiredChoice("type", of: BlockType.self) {
        case .text:
            prompt.read(text: try block.requiredString("text"))
        case .image:
            try readImage(into: &prompt)
        case .document:
            try MessagesDocumentReader(block).read(into: &prompt)
        case .searchResult:
            try readSearchResult(into: &prompt)
        case .thinking:
            // Thoughts of earlier turns are not sent to the model again; Anthropic does not count them either.
            _ = try block.requiredString("thinking")
            _ = try block.requiredString("signature")
        case .redactedThinking:
            _ = try block.requiredString("data")
        case .compaction:
            if let summary = try block.string("content") { prompt.read(context: summary) }
            _ = try block.string("encrypted_content")
        case .toolUse, .serverToolUse:
            _ = try block.requiredString("id")
            let input = block.optional("input").map { JSON($0).text } ?? "{}"
            prompt.readToolCall(name: try block.requiredString("name"), arguments: input)
        case .toolResult:
            try readToolResult(into: &prompt)
        case .webSearchToolResult:
            try readSearch(into: &prompt)
        case .webFetchToolResult, .advisorToolResult, .bashToolResult, .shellToolResult:
            _ = try block.requiredString("tool_use_id")
            prompt.readToolResult(JSON(try block.requiredObject("content").value).text)
        case .toolAddition, .toolRemoval:
            prompt.read(toolDefinition: try block.requiredObject("tool").value)
        }
        try block.markCacheBreakpoint(in: &prompt)
    }

    private enum ImageSource: String, CaseIterable {
        case base64, url
    }

    private enum ImageType: String, CaseIterable {
        case jpeg = "image/jpeg"
        case png = "image/png"
        case gif = "image/gif"
        case webp = "image/webp"
    }

    private func readImage(into prompt: inout PromptReader) throws(APIError) {
        let source = try block.requiredObject("source")
        switch try source.requiredChoice("type", of: ImageSource.self) {
        case .base64:
            let type = try source.requiredChoice("media_type", of: ImageType.self)
            let data = try source.requiredString("data")
            prompt.readImage(url: "data:\(type.rawValue);base64,\(data)", detail: nil)
        case .url:
            prompt.readImage(url: try source.requiredString("url"), detail: nil)
        }
    }

    private func readSearchResult(into prompt: inout PromptReader) throws(APIError) {
        prompt.read(context: try block.requiredString("source"))
        prompt.read(context: try block.requiredString("title"))
        let path = block.path(of: "content")
        for (index, value) in try block.requiredArray("content").elements.enumerated() {
            let text = try FieldReader(value, path: "\(path)[\(index)]")
            prompt.read(context: try text.requiredString("text"))
        }
    }
}

// MARK: - What tools brought

extension MessagesBlockReader {
    private enum ResultBlockType: String, CaseIterable {
        case text, image, document
        case searchResult = "search_result"
        case toolReference = "tool_reference"
    }

    private func readToolResult(into prompt: inout PromptReader) throws(APIError) {
        _ = try block.requiredString("tool_use_id")
        _ = try block.bool("is_error")
        guard let content = block.optional("content") else { return prompt.readToolResult("") }
        if let text = content.string { return prompt.readToolResult(text) }
        guard content.kind == .array else {
            throw block.invalid("content", expected: "a string or an array of blocks")
        }
        prompt.readToolResult("")
        for (index, value) in content.elements.enumerated() {
            let path = "\(block.path(of: "content"))[\(index)]"
            let part = try FieldReader(value, path: path)
            switch try part.requiredChoice("type", of: ResultBlockType.self) {
            case .text: prompt.readToolResult(try part.requiredString("text"))
            case .toolReference: prompt.readToolResult(try part.requiredString("tool_name"))
            case .image, .document, .searchResult:
                try MessagesBlockReader(value, path: path).read(into: &prompt)
            }
        }
    }

    /// Results, or an error object.
    private func readSearch(into prompt: inout PromptReader) throws(APIError) {
        _ = try block.requiredString("tool_use_id")
        guard let content = block.optional("content"), content.kind == .array else {
            let error = try block.requiredObject("content")
            return prompt.readToolResult(try error.requiredString("error_code"))
        }
        prompt.readToolResult("")
        for (index, value) in content.elements.enumerated() {
            let result = try FieldReader(value, path: "\(block.path(of: "content"))[\(index)]")
            prompt.readToolResult(try result.requiredString("title"))
            prompt.readToolResult(try result.requiredString("url"))
            _ = try result.requiredString("encrypted_content")
        }
    }
}

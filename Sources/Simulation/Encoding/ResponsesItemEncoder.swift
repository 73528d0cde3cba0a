internal import OpenRouterAPI

/// Writes the items of an output (reference: inference §4.5; schema `OutputItems`).
///
/// In events a message has another order of members than in a body, as observed (reference: inference §4.8).
struct ResponsesItemEncoder {
    /// Decides the form of reasoning.
    let author: String
    /// Stands for the provider's signature or ciphertext.
    let opaque: String
    let includesEncryptedReasoning: Bool
    /// The group each grouped tool belongs to.
    let namespaces: [String: String]

    /// Whether thoughts are summaries, as OpenAI's are, instead of text.
    var summarizesReasoning: Bool { author == "openai" }

    /// The item as a body holds it.
    func whole(_ item: ResponsesItem, _ status: ResponsesItem.Status) -> JSON {
        guard case .message(let parts) = item.content else { return event(item, status) }
        return [
            "id": .string(item.id),
            "type": "message",
            "role": "assistant",
            "status": .string(status.rawValue),
            "content": .array(parts.map { wholePart($0) }),
        ]
    }

    private func wholePart(_ part: ResponsesPart) -> JSON {
        guard !part.isRefusal else { return ["type": "refusal", "refusal": .string(part.text)] }
        return [
            "type": "output_text",
            "text": .string(part.text),
            "annotations": .array(part.annotations),
            "logprobs": .array(part.logprobs),
        ]
    }

    /// The item as events hold it; without what it does not say yet while in progress.
    func event(_ item: ResponsesItem, _ status: ResponsesItem.Status) -> JSON {
        let isBegun = status == .inProgress
        switch item.content {
        case .reasoning(let part):
            return reasoning(item.id, isBegun ? nil : part.text)
        case .message(let parts):
            return [
                "type": "message",
                "status": .string(status.rawValue),
                "content": .array(isBegun ? [] : parts.map { wholePart($0) }),
                "id": .string(item.id),
                "role": "assistant",
            ]
        case .functionCall(let call):
            return functionCall(item.id, call, isBegun ? "" : call.arguments, status)
        case .customCall(let call):
            return customCall(item.id, call, isBegun ? "" : call.arguments)
        case .serverTool(let call):
            return serverTool(item.id, call, status)
        case .image(let image):
            return [
                "id": .string(item.id),
                "type": "image_generation_call",
                "status": .string(status.rawValue),
                "result": isBegun ? .null : .string(image.base64),
            ]
        }
    }

    /// A part of a message as events hold it.
    func eventPart(_ part: ResponsesPart, isWhole: Bool) -> JSON {
        let text: JSON = .string(isWhole ? part.text : "")
        guard !part.isRefusal else { return ["type": "refusal", "refusal": text] }
        return ["type": "output_text", "annotations": .array(isWhole ? part.annotations : []), "text": text]
    }

    /// The item of thoughts; `text` is nil while in progress.
    private func reasoning(_ id: String, _ text: String?) -> JSON {
        var json: JSONObject = ["id": .string(id), "type": "reasoning"]
        if summarizesReasoning {
            json.append("summary", .array(text.map { [summaryPart($0)] } ?? []))
        } else {
            json.append("summary", [])
            json.append("content", .array(text.map { [reasoningPart($0)] } ?? []))
        }
        guard text != nil else { return .object(json) }
        if includesEncryptedReasoning { json.append("encrypted_content", .string(opaque)) }
        if author == "anthropic" {
            json.append("signature", .string(opaque))
            json.append("format", "anthropic-claude-v1")
        }
        return .object(json)
    }

    func summaryPart(_ text: String) -> JSON {
        ["type": "summary_text", "text": .string(text)]
    }

    func reasoningPart(_ text: String) -> JSON {
        ["type": "reasoning_text", "text": .string(text)]
    }
}

// MARK: - Calls

extension ResponsesItemEncoder {
    private func functionCall(_ id: String, _ call: ToolCall, _ arguments: String, _ status: ResponsesItem.Status)
        -> JSON
    {
        var json: JSONObject = [
            "type": "function_call",
            "id": .string(id),
            "call_id": .string(call.id),
            "name": .string(call.name),
            "arguments": .string(arguments),
            "status": .string(status.rawValue),
        ]
        json.append("namespace", namespaces[call.name].map { .string($0) })
        return .object(json)
    }

    private func customCall(_ id: String, _ call: ToolCall, _ input: String) -> JSON {
        var json: JSONObject = [
            "type": "custom_tool_call",
            "id": .string(id),
            "call_id": .string(call.id),
            "name": .string(call.name),
            "input": .string(input),
        ]
        json.append("namespace", namespaces[call.name].map { .string($0) })
        return .object(json)
    }

    /// The provider's own search is a `web_search_call`; what OpenRouter runs has names of its own.
    private func serverTool(_ id: String, _ call: ServerToolCall, _ status: ResponsesItem.Status) -> JSON {
        let isBegun = status == .inProgress
        var json: JSONObject = ["id": .string(id)]
        switch call.kind {
        case .webSearch(let search):
            json.append("type", search.engine == .native ? "web_search_call" : "openrouter:web_search")
            json.append("status", .string(status.rawValue))
            json.append("action", isBegun ? nil : action(search))
        case .datetime(let datetime, let timezone):
            json.append("type", "openrouter:datetime")
            json.append("status", .string(status.rawValue))
            json.append("datetime", .string(datetime))
            json.append("timezone", .string(timezone))
        case .webFetch(let url, let title, let content):
            json.append("type", "openrouter:web_fetch")
            json.append("status", .string(status.rawValue))
            json.append("url", .string(url))
            json.append("title", isBegun ? nil : .string(title))
            json.append("content", isBegun ? nil : .string(content))
            json.append("httpStatus", isBegun ? nil : 200)
        }
        return .object(json)
    }

    private func action(_ search: WebSearch) -> JSON {
        [
            "type": "search",
            "query": .string(search.query),
            "sources": .array(search.results.map { ["type": "url", "url": .string($0.url)] }),
        ]
    }
}

internal import OpenRouterAPI

/// Writes what OpenRouter's own tools leave in a message: calls, results, citations.
struct MessagesToolEncoder {
    /// A tool's call and what it brought.
    struct Trace {
        var call: MessagesBlock
        /// JSON text.
        var input: String
        var result: JSONObject
    }

    /// Anthropic quotes up to 150 characters (web search tool documentation).
    private static let quoteLength = 150

    private let created: Int
    /// Stands for what only the provider can read.
    private let opaque: String

    init(_ answer: GeneratedAnswer) {
        created = answer.identity.created
        opaque = answer.opaque
    }

    /// - Returns: nil for tools that run unseen.
    func trace(of tool: ServerToolCall) -> Trace? {
        switch tool.kind {
        case .webSearch(let search):
            trace(tool, "web_search", ["query": .string(search.query)], .array(search.results.map { result($0) }))
        case .webFetch(let url, let title, let content):
            trace(tool, "web_fetch", ["url": .string(url)], fetched(url: url, title: title, content: content))
        case .datetime:
            nil
        }
    }

    private func trace(_ tool: ServerToolCall, _ name: String, _ input: JSON, _ content: JSON) -> Trace {
        let id = "srvtoolu_\(tool.id)"
        return Trace(
            call: .call(type: "server_tool_use", id: id, name: name),
            input: input.text,
            result: [
                "type": .string("\(name)_tool_result"),
                "tool_use_id": .string(id),
                "content": content,
                "caller": MessagesBlock.directCaller,
            ]
        )
    }

    private func result(_ page: Annotation.Citation) -> JSON {
        [
            "type": "web_search_result",
            "title": .string(page.title),
            "url": .string(page.url),
            "encrypted_content": .string(opaque),
            "page_age": .null,
        ]
    }

    private func fetched(url: String, title: String, content: String) -> JSON {
        [
            "type": "web_fetch_result",
            "url": .string(url),
            "content": [
                "type": "document",
                "source": ["type": "text", "media_type": "text/plain", "data": .string(content)],
                "title": .string(title),
                "citations": .null,
            ],
            "retrieved_at": .string(CivilTime(microseconds: Int64(created) * 1_000_000).iso8601),
        ]
    }

    /// Schema `AnthropicCitationWebSearchResultLocation`.
    func json(_ citation: Annotation.Citation) -> JSON {
        [
            "type": "web_search_result_location",
            "cited_text": .string(String(citation.content.prefix(Self.quoteLength))),
            "url": .string(citation.url),
            "title": .string(citation.title),
            "encrypted_index": .string(opaque),
        ]
    }
}

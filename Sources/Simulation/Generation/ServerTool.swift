internal import OpenRouterAPI

/// A tool of the request that OpenRouter runs itself (reference: inference §2.3, §4.4, §5.1).
package enum ServerTool: Sendable, Hashable {
    case webSearch(WebSearchOptions)
    case webFetch
    /// - Parameter timezone: an IANA name; UTC when nil.
    case datetime(timezone: String?)
    /// Accepted, and never called by the synthetic model: `openrouter:fusion`, `openrouter:bash` and so on.
    case other(String)

    private static let searchTypes: Set<String> = [
        "web_search", "web_search_preview", "web_search_preview_2025_03_11", "web_search_2025_08_26",
        "web_search_20250305", "web_search_20260209", "openrouter:web_search",
    ]

    /// What a tool's type says.
    ///
    /// - Parameters:
    ///   - type: such as `openrouter:web_search`.
    ///   - tool: holds the options, flat or in `parameters`.
    /// - Throws: ``APIError`` 400 for options out of range.
    init(type: String, _ tool: FieldReader) throws(APIError) {
        let options = try tool.object("parameters") ?? tool
        switch type {
        case _ where Self.searchTypes.contains(type): self = .webSearch(try WebSearchOptions(options))
        case "openrouter:web_fetch": self = .webFetch
        case "openrouter:datetime": self = .datetime(timezone: try options.string("timezone"))
        default: self = .other(type)
        }
    }
}

/// How a web search is done; the same for the plugin and the server tool.
package struct WebSearchOptions: Sendable, Hashable {
    private enum Engine: String, CaseIterable {
        case auto, native, exa, parallel, firecrawl, perplexity
    }

    private enum ContextSize: String, CaseIterable {
        case low, medium, high
    }

    /// Nil: the provider's own search where it has one, else Exa.
    package var engine: WebSearch.Engine?
    /// 1 to 25.
    package var resultLimit = 5

    package init() {}

    /// Reads `engine`, `max_results` and the rest (schemas `WebSearchPlugin`, `WebSearchServerTool`).
    init(_ reader: FieldReader) throws(APIError) {
        let engine = try reader.choice("engine", of: Engine.self)
        self.engine = engine.flatMap { WebSearch.Engine(rawValue: $0.rawValue) }
        resultLimit = try reader.integer("max_results", in: 1...25) ?? 5
        _ = try reader.integer("max_uses", in: 1...Int.max)
        _ = try reader.choice("search_context_size", of: ContextSize.self)
        for list in ["allowed_domains", "excluded_domains", "include_domains", "exclude_domains", "blocked_domains"] {
            _ = try reader.strings(list)
        }
    }
}

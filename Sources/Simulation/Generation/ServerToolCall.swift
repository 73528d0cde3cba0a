internal import OpenRouterAPI

/// A tool that ran on the way, without the client: a search, a clock.
package struct ServerToolCall: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case webSearch(WebSearch)
        /// `openrouter:datetime`.
        case datetime(datetime: String, timezone: String)
        /// `openrouter:web_fetch`.
        case webFetch(url: String, title: String, content: String)
    }

    package var id: String
    package var kind: Kind

    package init(id: String, kind: Kind) {
        self.id = id
        self.kind = kind
    }
}

/// A search and what it found.
package struct WebSearch: Sendable, Hashable {
    package enum Engine: String, Sendable, Hashable, CaseIterable {
        case native, exa, parallel, firecrawl, perplexity
    }

    package var engine: Engine
    package var query: String
    package var results: [Annotation.Citation]

    package init(engine: Engine, query: String, results: [Annotation.Citation]) {
        self.engine = engine
        self.query = query
        self.results = results
    }
}

extension ServerToolCall {
    package var search: WebSearch? {
        if case .webSearch(let search) = kind { search } else { nil }
    }
}

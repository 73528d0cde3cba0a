internal import OpenRouterAPI

extension Charges {
    /// What the tools that ran for an answer cost.
    ///
    /// - Parameters:
    ///   - tools: those that ran.
    ///   - request: says which of them were the model's wish and not a plugin's.
    ///   - pricing: of the endpoint, for its own search.
    init(_ tools: [ServerToolCall], _ request: GenerationRequest, _ pricing: Pricing) {
        self.init()
        for tool in tools {
            switch tool.kind {
            case .webSearch(let search):
                webSearchRequests += 1
                toolFees += search.engine.fee(pricing).cost(resultCount: search.results.count)
            case .webFetch: webFetchRequests += 1
            case .datetime: break
            }
        }
        toolCallsRequested = tools.count - (request.plugins.web == nil ? 0 : 1)
        toolCallsExecuted = toolCallsRequested
        if request.plugins.pdfEngine == .mistralOCR {
            toolFees += ToolFee.mistralOCR.cost(resultCount: request.files.count)
        }
    }
}

extension WebSearch.Engine {
    fileprivate func fee(_ pricing: Pricing) -> ToolFee {
        switch self {
        case .native: .nativeSearch(pricing)
        case .exa: .exaSearch
        case .parallel: .parallelSearch
        case .firecrawl: .firecrawlSearch
        case .perplexity: .perplexitySearch
        }
    }
}

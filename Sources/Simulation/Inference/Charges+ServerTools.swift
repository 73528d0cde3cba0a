internal import OpenRouterAPI

extension Charges {
    /// What the tools that ran for an answer cost.
    ///
    /// - Parameters:
    ///   - tools: those that ran.
    ///   - request: says which of them were a plugin's and not the model's wish.
    ///   - pricing: of the endpoint, for its own search.
    init(_ tools: [ServerToolCall], _ request: GenerationRequest, _ pricing: Pricing) {
        self.init()
        // The plugin's search is the first; the provider's own is no call of OpenRouter's tools.
        for (index, tool) in tools.enumerated() {
            let isCall = index > 0 || request.plugins.web == nil
            switch tool.kind {
            case .webSearch(let search):
                webSearchRequests += 1
                toolFees += search.engine.fee(pricing).cost(resultCount: search.results.count)
                if isCall, search.engine != .native { toolCallsRequested += 1 }
            case .webFetch:
                webFetchRequests += 1
                toolCallsRequested += 1
            case .datetime:
                toolCallsRequested += 1
            }
        }
        toolCallsExecuted = toolCallsRequested
        if request.plugins.pdfEngine == .mistralOCR {
            fileFees = ToolFee.mistralOCR.cost(resultCount: request.files.count)
            toolFees += fileFees
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

package import OpenRouterAPI

/// What tools on OpenRouter's side did for an answer, and what that costs beside its tokens.
package struct Charges: Sendable, Hashable {
    /// Of searches, parsed files and the like; see ``ToolFee``.
    package var toolFees: USD
    /// What of ``toolFees`` is for parsing files.
    package var fileFees = USD.zero
    package var webSearchRequests: Int
    package var webFetchRequests: Int
    /// Calls of server tools that the model asked for; a search that the provider does by itself is none.
    package var toolCallsRequested: Int
    /// Those of ``toolCallsRequested`` that gave a result.
    package var toolCallsExecuted: Int
    /// How often the price of a request is charged: once, but by hundreds of documents for a rerank.
    package var searchUnits: Int
    /// What a provider takes for sound by its duration.
    package var soundFee: USD

    package init(
        toolFees: USD = .zero,
        webSearchRequests: Int = 0,
        webFetchRequests: Int = 0,
        toolCallsRequested: Int = 0,
        toolCallsExecuted: Int = 0,
        searchUnits: Int = 1,
        soundFee: USD = .zero
    ) {
        self.toolFees = toolFees
        self.webSearchRequests = webSearchRequests
        self.webFetchRequests = webFetchRequests
        self.toolCallsRequested = toolCallsRequested
        self.toolCallsExecuted = toolCallsExecuted
        self.searchUnits = searchUnits
        self.soundFee = soundFee
    }

    /// Whether any tool took part on OpenRouter's or the provider's side; parsing a file is none.
    package var hasToolUse: Bool {
        webSearchRequests > 0 || webFetchRequests > 0 || toolCallsRequested > 0
    }
}

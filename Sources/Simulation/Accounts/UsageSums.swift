internal import OpenRouterAPI

/// What is counted of generations; sums of sums are exact.
struct UsageSums: Sendable, Hashable, Codable {
    var requests = 0
    var promptTokens = 0
    var completionTokens = 0
    var reasoningTokens = 0
    var cachedTokens = 0
    /// Credits, all told.
    var credits = USD.zero
    /// What providers charged to keys of the account's own.
    var byok = USD.zero
    /// What prompt caching saved of ``credits``; below zero where it cost more.
    var cacheDiscount = USD.zero
    /// What of ``credits`` is for searches and the like.
    var webFees = USD.zero
    /// What of ``credits`` is for parsing files.
    var fileFees = USD.zero
    /// To the first token, and to the last.
    var latencyMilliseconds = 0
    var generationMilliseconds = 0

    init() {}

    init(_ record: GenerationRecord) {
        requests = 1
        promptTokens = record.usage.prompt
        completionTokens = record.usage.completion
        reasoningTokens = record.usage.reasoning
        cachedTokens = record.usage.cached
        credits = record.cost
        byok = record.byokCost
        cacheDiscount = record.isBYOK ? .zero : record.cacheDiscount
        webFees = record.toolFees - record.fileFees
        fileFees = record.fileFees
        latencyMilliseconds = record.latencyMilliseconds
        generationMilliseconds = record.generationMilliseconds
    }

    /// The sums of so many that are equal.
    func times(_ count: Int) -> UsageSums {
        var sums = self
        sums.requests *= count
        sums.promptTokens *= count
        sums.completionTokens *= count
        sums.reasoningTokens *= count
        sums.cachedTokens *= count
        sums.credits = credits * count
        sums.byok = byok * count
        sums.cacheDiscount = cacheDiscount * count
        sums.webFees = webFees * count
        sums.fileFees = fileFees * count
        sums.latencyMilliseconds *= count
        sums.generationMilliseconds *= count
        return sums
    }

    static func += (left: inout UsageSums, right: UsageSums) {
        left.requests += right.requests
        left.promptTokens += right.promptTokens
        left.completionTokens += right.completionTokens
        left.reasoningTokens += right.reasoningTokens
        left.cachedTokens += right.cachedTokens
        left.credits += right.credits
        left.byok += right.byok
        left.cacheDiscount += right.cacheDiscount
        left.webFees += right.webFees
        left.fileFees += right.fileFees
        left.latencyMilliseconds += right.latencyMilliseconds
        left.generationMilliseconds += right.generationMilliseconds
    }
}

internal import OpenRouterAPI

extension GenerationRecord {
    /// Notes that the client left a stream, and takes what was not sent off the bill where the provider stops then.
    ///
    /// - Parameters:
    ///   - sentByteCount: bytes of the answer that were sent.
    ///   - byteCount: bytes of the whole answer; nil when that is not known.
    /// - Returns: what to book so that the ledgers agree, a record with amounts below zero; nil for nothing.
    mutating func cancel(sentByteCount: Int, of byteCount: Int?) -> GenerationRecord? {
        isCancelled = true
        guard let byteCount, sentByteCount < byteCount, isStreamed, !isBYOK, usage.completion > 0, let provider,
            CatalogProvider.supportsCancellation(named: provider)
        else { return nil }
        let share = Double(sentByteCount) / Double(byteCount)
        let sentTokens = Int((Double(usage.completion) * share).rounded(.up))
        let unsentTokens = usage.completion - sentTokens
        let unsentCost = USD(
            yoctodollars: completionCost.yoctodollars * Int128(unsentTokens) / Int128(usage.completion)
        )
        guard unsentTokens > 0, unsentCost <= cost else { return nil }
        var correction = self
        correction.usage = TokenUsage(prompt: 0, completion: -unsentTokens)
        correction.usage.reasoning = min(0, sentTokens - usage.reasoning)
        correction.cost = .zero - unsentCost
        correction.byokCost = .zero
        correction.cacheDiscount = .zero
        correction.toolFees = .zero
        correction.fileFees = .zero
        correction.latencyMilliseconds = 0
        correction.generationMilliseconds = 0
        usage.completion = sentTokens
        usage.reasoning = min(usage.reasoning, sentTokens)
        completionCost = completionCost - unsentCost
        cost = cost - unsentCost
        return correction
    }
}

package import OpenRouterAPI

extension Pricing {
    /// The cost of an answer, and what of it is for what.
    package struct Cost: Sendable, Hashable {
        /// Prompt tokens, cached and written ones included.
        package var prompt = USD.zero
        /// Completion tokens, reasoning included.
        package var completion = USD.zero
        /// The price of a request.
        package var request = USD.zero
        package var promptImages = USD.zero
        package var outputImages = USD.zero
        /// Fees of tools that OpenRouter runs.
        package var tools = USD.zero
        /// What the provider's cache saved; below zero where writing to it cost more than reading saved.
        package var cacheDiscount = USD.zero
        /// OpenRouter's fee for a call that a provider's key of the account's own pays; nil for all other calls.
        package var ownKeyFee: USD?

        package init(
            prompt: USD = .zero,
            completion: USD = .zero,
            request: USD = .zero,
            promptImages: USD = .zero,
            outputImages: USD = .zero,
            tools: USD = .zero,
            cacheDiscount: USD = .zero
        ) {
            self.prompt = prompt
            self.completion = completion
            self.request = request
            self.promptImages = promptImages
            self.outputImages = outputImages
            self.tools = tools
            self.cacheDiscount = cacheDiscount
        }
    }

    /// Formula: inference reference §7, verified there against live answers; units: platform reference §2.4.
    ///
    /// - Parameters:
    ///   - usage: what is counted.
    ///   - charges: what tools cost beside it.
    ///   - time: on the world's clock, which some prices depend on.
    /// - Returns: what the client is charged, before insurance.
    package func cost(of usage: TokenUsage, charges: Charges = Charges(), at time: CivilTime) -> Cost {
        let prices = prices(forPromptTokens: usage.prompt, at: time)
        let prompt = prices.first(of: .prompt)
        let cacheWrite = prices.first(of: .cacheWrite, .prompt)
        let cacheWriteForHour = prices.cacheWriteForHour
        let cacheRead = prices.first(of: .cacheRead, .prompt)
        let audio = prices.separate(.audio) ?? prompt
        let audioCache = prices[.audioCache] ?? prices[.cacheRead] ?? audio
        let imageToken = prices.separate(.imageToken) ?? prompt
        let cachedText = usage.cached - usage.cachedAudio
        let writtenBriefly = usage.cacheWritten - usage.cacheWrittenForHour
        let audioPastCache = max(0, usage.promptAudio - usage.cachedAudio)
        let imagesPastCache = min(usage.promptImageTokens, max(0, usage.promptPastCache - audioPastCache))
        let plain = max(0, usage.promptPastCache - audioPastCache - imagesPastCache)

        let completion = prices.first(of: .completion)
        let spoken = usage.completionAudio
        let thought = usage.reasoning

        var cost = Cost(request: prices.first(of: .request) * charges.searchUnits, tools: charges.toolFees)
        cost.prompt = prompt * plain + audio * audioPastCache + imageToken * imagesPastCache
        cost.prompt += cacheRead * cachedText + audioCache * usage.cachedAudio
        cost.prompt += cacheWrite * writtenBriefly + cacheWriteForHour * usage.cacheWrittenForHour
        cost.prompt += charges.soundFee
        cost.completion = completion * max(0, usage.completion - thought - spoken)
        cost.completion += (prices.separate(.reasoning) ?? completion) * thought
        cost.completion += (prices.separate(.audioOutput) ?? completion) * spoken
        cost.promptImages = prices.first(of: .image) * usage.promptImages
        cost.outputImages = prices.first(of: .imageOutput) * usage.outputImages
        cost.cacheDiscount = (prompt - cacheRead) * cachedText + (audio - audioCache) * usage.cachedAudio
        cost.cacheDiscount += (prompt - cacheWrite) * writtenBriefly
        cost.cacheDiscount += (prompt - cacheWriteForHour) * usage.cacheWrittenForHour
        return cost
    }
}

extension PriceTable {
    /// The price of a token written to a cache for an hour.
    ///
    /// Listings leave it out where they have one for five minutes. It is twice the prompt's at Anthropic, where writing
    /// for five minutes costs 1.25 times as much (reference: inference §7); nobody else keeps anything for an hour.
    fileprivate var cacheWriteForHour: USD {
        let prompt = first(of: .prompt)
        let brief = first(of: .cacheWrite, .prompt)
        return self[.cacheWriteForHour] ?? (brief > prompt ? prompt * 2 : brief)
    }

    /// A price that replaces the one of plain tokens; nil also for zero.
    ///
    /// Listings of 2025 wrote `"0"` for kinds that have no price of their own, which are left out since
    /// (reference: platform §2.4).
    fileprivate func separate(_ kind: PriceKind) -> USD? {
        self[kind].flatMap { $0 == .zero ? nil : $0 }
    }
}

// MARK: - Sums

extension Pricing.Cost {
    package var images: USD { promptImages + outputImages }

    /// All that the provider is paid for.
    package var upstream: USD { upstreamPrompt + upstreamCompletion }

    /// Whether the account pays the provider itself.
    package var isBYOK: Bool { ownKeyFee != nil }

    /// All that the client is charged by OpenRouter.
    package var total: USD { (ownKeyFee ?? upstream) + tools }

    /// What of ``upstream`` is for what was sent.
    package var upstreamPrompt: USD { prompt + request + promptImages }

    /// What of ``upstream`` is for what came back.
    package var upstreamCompletion: USD { completion + outputImages }
}

// MARK: - Insurance

extension Pricing.Cost {
    /// The cost after zero-completion insurance: fees of tools alone when the model gave nothing.
    ///
    /// Source: platform reference §1.13.
    ///
    /// - Parameters:
    ///   - completionTokens: how many came back.
    ///   - finishReason: why they ended; nil when the provider did not say.
    /// - Returns: the same cost, or what is left of it.
    package func insured(completionTokens: Int, finishReason: FinishReason?) -> Pricing.Cost {
        let isWithoutCharge = finishReason == .error || (finishReason == nil && completionTokens == 0)
        return isWithoutCharge ? Pricing.Cost(tools: tools) : self
    }
}

internal import OpenRouterAPI

/// Whether the caller may spend (reference: platform §3.9).
extension Call {
    /// - Parameter drawing: whether images or videos are to come back, for which a dollar has to be left.
    /// - Throws: ``APIError`` 402 when nothing is left, even for free models, or too little for what is drawn, 403 when a
    ///   budget of a guardrail or of the workspace is used up, and 402 when the key's limit is.
    func checkSpending(drawing: Bool = false) throws(APIError) {
        let credits = creditsLeft
        if credits <= .zero { throw .insufficientCredits }
        if drawing, credits < .dollars(1) { throw .minimumBalance }
        let time = CivilTime(microseconds: world.now)
        for budget in caller.budgets(at: time) where budget.isSpent {
            throw budget.exceeded(keyLimitStatus: settings.era.keyLimitStatus)
        }
    }

    /// Counts a request that a free model is to serve.
    ///
    /// - Throws: ``APIError`` 429 when the account has no such request left in the minute or day.
    func countFreeRequest(_ plan: RoutePlan) throws(APIError) {
        guard settings.limitsFreeRequests, plan.candidates.first?.model.isFreeVariant == true else { return }
        let (accountID, credits) = (caller.account.id, caller.account.credits)
        try world.withPlatform { platform, now throws(APIError) in
            try platform.countFreeRequest(accountID: accountID, credits: credits, at: now)
        }
    }

    /// Whether the credits and the key's limit pay for the prompt and the longest answer asked for.
    ///
    /// - Parameters:
    ///   - tokens: of the prompt.
    ///   - pricing: what a token costs.
    ///   - limit: the most tokens that the answer may have.
    /// - Throws: ``APIError`` 402.
    func checkAffordability(promptTokens tokens: Int, _ pricing: Pricing, limit: Int) throws(APIError) {
        let (promptPrice, price) = (pricing.prompt ?? .zero, pricing.completion ?? .zero)
        let key = caller.key
        var purses = [(left: creditsLeft, purse: APIError.Purse.credits)]
        if let remaining = key.limitRemaining(at: CivilTime(microseconds: world.now)) {
            purses.append((remaining, .key(window: key.limitReset?.rawValue ?? "total")))
        }
        for (left, purse) in purses {
            let rest = left - promptPrice * tokens
            if promptPrice > .zero, rest < .zero {
                throw .promptTooDear(tokens: tokens, affordable: left.count(of: promptPrice), purse)
            }
            guard price > .zero, price * limit > rest else { continue }
            throw .answerTooDear(requested: limit, affordable: rest.count(of: price), purse)
        }
    }

    private var creditsLeft: USD { caller.account.credits - caller.account.ledger.total }
}

extension USD {
    /// How many of something the amount pays for.
    fileprivate func count(of price: USD) -> Int {
        max(0, Int(dollars / price.dollars))
    }
}

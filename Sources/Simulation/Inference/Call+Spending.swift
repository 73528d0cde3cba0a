internal import OpenRouterAPI

/// Whether the caller may spend (reference: platform §3.9).
extension Call {
    /// - Throws: ``APIError`` 402 when nothing is left, even for free models, 403 when a budget of a guardrail or of the
    ///   workspace is used up, and 402 when the key's limit is.
    func checkSpending() throws(APIError) {
        let account = caller.account
        if account.ledger.total >= account.credits { throw .insufficientCredits }
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
    ///   - prompt: the price of the prompt.
    ///   - price: of a token of the answer.
    ///   - limit: the most tokens that the answer may have.
    /// - Throws: ``APIError`` 402.
    func checkAffordability(prompt: USD, price: USD, limit: Int) throws(APIError) {
        guard price > .zero else { return }
        let (key, account) = (caller.key, caller.account)
        let cost = prompt + price * limit
        let credits = account.credits - account.ledger.total
        if cost > credits {
            throw .tooFewCredits(requested: limit, affordable: Int((credits - prompt).dollars / price.dollars))
        }
        if let remaining = key.limitRemaining(at: CivilTime(microseconds: world.now)), cost > remaining {
            throw .keyLimitTooSmall(
                requested: limit,
                affordable: Int((remaining - prompt).dollars / price.dollars),
                window: key.limitReset?.rawValue ?? "total"
            )
        }
    }
}

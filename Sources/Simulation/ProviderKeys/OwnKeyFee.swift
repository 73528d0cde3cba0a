internal import OpenRouterAPI

/// What OpenRouter takes for a call with a provider's key of the account's own (reference: platform §1.19).
enum OwnKeyFee {
    /// What providers may charge an account in a month of UTC before there is a fee.
    static let allowance = USD.dollars(25_000)

    /// 5 % of what goes beyond the allowance.
    ///
    /// - Parameters:
    ///   - price: what the provider charges.
    ///   - spent: what providers have charged in the month.
    /// - Returns: the fee; nothing within the allowance.
    static func fee(for price: USD, after spent: USD) -> USD {
        let taxed = min(price, max(.zero, spent + price - allowance))
        return USD(yoctodollars: taxed.yoctodollars / 20)
    }
}

extension Call {
    /// The cost of an answer by who pays the provider.
    func billed(_ cost: Pricing.Cost, to candidate: RouteCandidate) -> Pricing.Cost {
        guard candidate.isBYOK else { return cost }
        let spent = world.withPlatform { platform, now in
            platform.accounts[accountID]?.ledger.byok(in: .monthly, at: CivilTime(microseconds: now)) ?? .zero
        }
        var cost = cost
        cost.ownKeyFee = OwnKeyFee.fee(for: cost.upstream, after: spent)
        return cost
    }
}

extension GenerationRecord {
    /// Notes who is paid what, and what of it is for tools.
    mutating func charge(_ cost: Pricing.Cost, _ charges: Charges) {
        self.cost = cost.total
        isBYOK = cost.isBYOK
        byokCost = cost.isBYOK ? cost.upstream : .zero
        promptCost = cost.upstreamPrompt
        completionCost = cost.upstreamCompletion
        cacheDiscount = cost.cacheDiscount
        toolFees = charges.toolFees
        fileFees = charges.fileFees
    }
}

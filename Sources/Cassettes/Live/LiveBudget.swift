package import OpenRouterAPI

/// How much a live API may be asked, and what.
package struct LiveBudget: Sendable, Hashable {
    package var requestCount: Int
    /// What the answers may cost together, by what the recorded ones say they cost and then by what the live ones say.
    package var cost: USD
    /// Whether to send what changes the account: keys, credits, deletes, jobs.
    package var includesChanges = false
    /// Whether to ask models for answers whose recordings do not say what they cost.
    package var includesUnpriced = false

    package init(requestCount: Int, cost: USD) {
        self.requestCount = requestCount
        self.cost = cost
    }
}

package import OpenRouterAPI

/// What `/generation` knows of one answer.
package struct GenerationRecord: Sendable, Hashable {
    package var id: String
    package var key: String
    /// Microseconds since 1970.
    package var createdAt: Int64
    package var model: String
    package var provider: String?
    package var router: String?
    package var origin: String?
    package var userAgent: String?
    package var externalUser: String?
    package var sessionID: String?
    package var isStreamed: Bool
    package var isCancelled = false
    package var finishReason: String?
    package var nativeFinishReason: String?
    package var usage: TokenUsage
    package var cost: USD
    /// To the first token, and to the last.
    package var latencyMilliseconds: Int
    package var generationMilliseconds: Int

    package init(
        id: String,
        key: String,
        createdAt: Int64,
        model: String,
        provider: String?,
        router: String? = nil,
        origin: String?,
        userAgent: String?,
        externalUser: String? = nil,
        sessionID: String? = nil,
        isStreamed: Bool,
        finishReason: String?,
        nativeFinishReason: String?,
        usage: TokenUsage,
        cost: USD,
        latencyMilliseconds: Int = 0,
        generationMilliseconds: Int = 0
    ) {
        self.id = id
        self.key = key
        self.createdAt = createdAt
        self.model = model
        self.provider = provider
        self.router = router
        self.origin = origin
        self.userAgent = userAgent
        self.externalUser = externalUser
        self.sessionID = sessionID
        self.isStreamed = isStreamed
        self.finishReason = finishReason
        self.nativeFinishReason = nativeFinishReason
        self.usage = usage
        self.cost = cost
        self.latencyMilliseconds = latencyMilliseconds
        self.generationMilliseconds = generationMilliseconds
    }
}

package import HTTPTypes

/// Header fields of OpenRouter's own (reference: platform §6.3).
extension HTTPField.Name {
    package static let xGenerationID = known("X-Generation-Id")
    package static let xProviderName = known("X-Provider-Name")
    package static let httpReferer = known("HTTP-Referer")
    package static let xAPIKey = known("X-Api-Key")
    package static let permissionsPolicy = known("Permissions-Policy")
    package static let referrerPolicy = known("Referrer-Policy")
    package static let simMiss = known("X-Sim-Miss")

    static let xFrameOptions = known("X-Frame-Options")
    static let secFetchSite = known("Sec-Fetch-Site")
    static let xOpenRouterMetadata = known("X-OpenRouter-Metadata")
    /// The older name of ``xOpenRouterMetadata``, still honored.
    static let xOpenRouterExperimentalMetadata = known("X-OpenRouter-Experimental-Metadata")
    static let xOpenRouterTitle = known("X-OpenRouter-Title")
    /// The older name of ``xOpenRouterTitle``, still honored.
    static let xTitle = known("X-Title")
    static let xSessionID = known("X-Session-Id")
    static let xOpenRouterCache = known("X-OpenRouter-Cache")
    static let xOpenRouterCacheTTL = known("X-OpenRouter-Cache-TTL")
    static let xOpenRouterCacheClear = known("X-OpenRouter-Cache-Clear")
    static let xOpenRouterCacheStatus = known("X-OpenRouter-Cache-Status")
    static let xOpenRouterCacheAge = known("X-OpenRouter-Cache-Age")
    static let xOpenRouterCacheSourceID = known("X-OpenRouter-Cache-Source-Id")

    static let xTestConnection = known("X-Test-Connection")
    static let xOpenRouterIdempotencyKey = known("X-OpenRouter-Idempotency-Key")

    private static func known(_ name: String) -> HTTPField.Name {
        guard let field = HTTPField.Name(name) else { preconditionFailure("'\(name)' is no field name") }
        return field
    }
}

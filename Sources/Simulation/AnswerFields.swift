internal import HTTPTypes

/// Header fields that every answer of OpenRouter has (reference: inference §1.4, platform §6.4).
enum AnswerFields {
    /// - Parameters:
    ///   - own: what the operation sets; stands between.
    ///   - now: microseconds since 1970, for `Date`.
    ///   - isForAllOrigins: whether scripts of other origins may read the answer.
    /// - Returns: all fields in the order of the wire.
    static func fields(around own: HTTPFields, now: Int64, isForAllOrigins: Bool = true) -> HTTPFields {
        var fields: [HTTPField] = []
        fields.reserveCapacity(own.count + 1 + common.count)
        fields.append(HTTPField(name: .date, value: CivilTime(microseconds: now).httpDate))
        fields += own
        fields += isForAllOrigins ? common : ownOrigin
        return HTTPFields(fields)
    }

    private static let common = [
        HTTPField(name: .transferEncoding, value: "chunked"),
        HTTPField(name: .accessControlAllowOrigin, value: "*"),
        HTTPField(
            name: .accessControlExposeHeaders,
            value: "X-Generation-Id,X-Provider-Name,request-id,cf-ray"
        ),
        HTTPField(name: .permissionsPolicy, value: "payment=(self \"https://checkout.stripe.com\")"),
        HTTPField(name: .referrerPolicy, value: "no-referrer, strict-origin-when-cross-origin"),
        HTTPField(name: .server, value: "cloudflare"),
    ]

    /// ``common`` without what lets scripts of other origins read the answer.
    private static let ownOrigin = common.filter {
        $0.name != .accessControlAllowOrigin && $0.name != .accessControlExposeHeaders
    }

    static func preflight(now: Int64) -> HTTPFields {
        [
            .date: CivilTime(microseconds: now).httpDate,
            .accessControlAllowOrigin: "*",
            .accessControlAllowMethods: "GET,OPTIONS,PATCH,DELETE,POST,PUT",
            .accessControlAllowHeaders: allowedHeaders,
            .vary: "Access-Control-Request-Headers",
            .server: "cloudflare",
        ]
    }

    private static let allowedHeaders =
        "Authorization, User-Agent, X-Api-Key, X-CSRF-Token, X-Requested-With, Accept, Accept-Version, Content-Length, "
        + "Content-MD5, Content-Type, Date, X-Api-Version, HTTP-Referer, X-Windowai-Title, X-Openrouter-Title, X-Title, "
        + "X-Openrouter-Categories, X-Openrouter-App-Visibility, X-Session-Id, X-Stainless-Lang, "
        + "X-Stainless-Package-Version, X-Stainless-OS, X-Stainless-Arch, X-Stainless-Runtime, "
        + "X-Stainless-Runtime-Version, X-Stainless-Async, X-Stainless-Retry-Count, X-Stainless-Timeout, "
        + "X-Stainless-Read-Timeout, X-Stainless-Helper-Method, Protection-Key, Idempotency-Key, traceparent, "
        + "tracestate, b3"
}

/// Failures of an account: credits, limits, guards (reference: inference §1.9, §1.11; platform §1.8, §3.9, §3.10).
extension APIError {
    /// A key that was switched off; the wording is approximate.
    package static let disabledKey = APIError(status: 401, message: "API key disabled")

    /// A key past its time; the wording is approximate.
    package static let expiredKey = APIError(status: 401, message: "API key expired")

    package static let managementKeyNeeded = APIError(
        status: 403,
        message: "Only management keys can perform this operation",
        metadata: ["error_type": "permission_denied"]
    )

    /// The wording is ours; the guides say only that management keys cannot call completion endpoints.
    package static let managementKeyForInference = APIError(
        status: 403,
        message: "Management keys cannot perform this operation; use an API key",
        metadata: ["error_type": "permission_denied"]
    )

    package static let insufficientCredits = APIError(
        status: 402,
        message: "Insufficient credits. Add more using https://openrouter.ai/credits",
        metadata: ["limit_source": "openrouter_credits"]
    )

    /// Images and videos are made only for those who have a dollar left; the wording is ours, but for the amount.
    package static let minimumBalance = APIError(
        status: 402,
        message: "Image and video generation requires a minimum balance of $1.00. "
            + "Add more using https://openrouter.ai/credits",
        metadata: ["limit_source": "openrouter_credits"]
    )

    /// Where the money for a request comes from.
    package enum Purse: Sendable, Hashable {
        case credits
        /// What is left of a key's limit: `total`, `daily`, `weekly` or `monthly`.
        case key(window: String)

        fileprivate var advice: String {
            switch self {
            case .credits: "To increase, visit https://openrouter.ai/settings/credits and add more credits"
            case .key(let window):
                "To increase, visit https://openrouter.ai/settings/keys and raise the \(window) limit of this key"
            }
        }

        fileprivate var limitSource: JSON {
            switch self {
            case .credits: "openrouter_credits"
            case .key: "openrouter_key_limit"
            }
        }
    }

    /// What is left does not pay for the longest answer asked for.
    package static func answerTooDear(requested: Int, affordable: Int, _ purse: Purse) -> APIError {
        APIError(
            status: 402,
            message:
                "This request requires more credits, or fewer max_tokens. You requested up to \(requested) tokens, "
                + "but can only afford \(affordable). \(purse.advice)",
            metadata: ["limit_source": purse.limitSource, "provider_name": .null]
        )
    }

    /// What is left does not even pay for the prompt.
    package static func promptTooDear(tokens: Int, affordable: Int, _ purse: Purse) -> APIError {
        APIError(
            status: 402,
            message: "Prompt tokens limit exceeded: \(tokens) > \(affordable). \(purse.advice)",
            metadata: ["limit_source": purse.limitSource, "provider_name": .null]
        )
    }

    /// A key that has spent what it may.
    ///
    /// - Parameters:
    ///   - window: `total`, `daily`, `weekly` or `monthly`.
    ///   - status: 402 by the guides, 403 as observed before.
    /// - Returns: the error.
    package static func keyLimitExceeded(window: String, status: Int) -> APIError {
        APIError(
            status: status,
            message: "Key limit exceeded (\(window) limit). Manage it using https://openrouter.ai/settings/keys",
            metadata: ["limit_source": "openrouter_key_limit", "provider_name": .null]
        )
    }

    /// A workspace whose keys have spent what they may together (reference: platform §1.8).
    ///
    /// - Parameters:
    ///   - interval: `daily`, `weekly`, `monthly` or `lifetime`.
    ///   - limit: what may be spent in it.
    /// - Returns: 403.
    package static func workspaceBudgetExceeded(interval: String, limit: USD) -> APIError {
        APIError(
            status: 403,
            message: "Workspace \(interval) budget of $\(limit.decimalText) exceeded. Contact your org admin.",
            metadata: ["error_type": "permission_denied"]
        )
    }

    /// Requests still running have reserved the credits.
    ///
    /// - Parameter retryAfter: seconds.
    /// - Returns: 402 with `Retry-After`.
    package static func inFlightBudgetExhausted(retryAfter: Int) -> APIError {
        APIError(
            status: 402,
            message: "This request would exceed your available credits given your current in-flight requests. "
                + "Retry after in-flight requests settle, or add credits.",
            metadata: [
                "reason": "in_flight_budget_exhausted", "limit_source": "openrouter_in_flight_budget",
                "provider_name": .null,
            ],
            fields: [Field("Retry-After", "\(retryAfter)")]
        )
    }

    /// A limit of OpenRouter's own; the only 429 with `X-RateLimit-*`.
    ///
    /// - Parameters:
    ///   - bucket: the end of the message, such as `free-models-per-min. `.
    ///   - limit: requests in the window.
    ///   - reset: epoch milliseconds at which the window ends.
    ///   - source: `limit_source`.
    /// - Returns: 429 with the numbers in header and body.
    package static func platformRateLimit(bucket: String, limit: Int, reset: Int64, source: String) -> APIError {
        let fields = [
            Field("X-RateLimit-Limit", "\(limit)"), Field("X-RateLimit-Remaining", "0"),
            Field("X-RateLimit-Reset", "\(reset)"),
        ]
        return APIError(
            status: 429,
            message: "Rate limit exceeded: \(bucket)",
            metadata: [
                "headers": .object(JSONObject(fields.map { ($0.name, .string($0.value)) })),
                "limit_source": .string(source),
                "provider_name": .null,
            ],
            fields: fields
        )
    }

    /// What a moderated endpoint does not take.
    ///
    /// The message's wording is approximate.
    ///
    /// - Parameters:
    ///   - reasons: categories, such as `violence`.
    ///   - input: what was flagged; shown with its middle left out beyond 100 characters.
    ///   - provider: display name.
    ///   - model: slug.
    /// - Returns: 403.
    package static func moderated(reasons: [String], input: String, provider: String, model: String) -> APIError {
        let named = reasons.map { "\"\($0)\"" }.joined(separator: ", ")
        return APIError(
            status: 403,
            message: "Your chosen model requires moderation and your input was flagged for \(named)",
            metadata: [
                "reasons": .array(reasons.map { .string($0) }),
                "flagged_input": .string(input.count <= 100 ? input : "\(input.prefix(48))...\(input.suffix(49))"),
                "provider_name": .string(provider),
                "model_slug": .string(model),
            ]
        )
    }
}

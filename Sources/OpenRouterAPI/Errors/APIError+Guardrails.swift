/// What guardrails refuse (reference: platform §1.8; guide "Sensitive info guardrail", August 2026).
extension APIError {
    /// A prompt in which a guardrail found patterns of injection.
    package static func injectionBlocked(patterns: [String]) -> APIError {
        APIError(
            status: 403,
            message: "Request blocked: prompt injection patterns detected",
            metadata: ["patterns": .array(patterns.map { .string($0) })]
        )
    }

    /// A prompt that a guardrail's content filter blocks.
    ///
    /// - Parameter label: of the filter, such as `EMAIL`.
    /// - Returns: 403.
    package static func contentFilterBlocked(label: String) -> APIError {
        APIError(status: 403, message: "Request blocked by content filter: [\(label)]")
    }

    /// A prompt with personal data that a language model recognizes.
    ///
    /// - Parameter entity: such as `PERSON`.
    /// - Returns: 403.
    package static func entityBlocked(_ entity: String) -> APIError {
        APIError(status: 403, message: "Blocked PII detected: \(entity)")
    }

    /// A key or a member that has spent what a guardrail allows.
    ///
    /// The metadata's names are those of the errors that OpenRouter lists since October 2026; of the message only the
    /// beginning is known.
    ///
    /// - Parameters:
    ///   - interval: `daily`, `weekly` or `monthly`; nil for a limit that is never reset.
    ///   - limit: what may be spent.
    ///   - spent: what has been.
    ///   - scope: whose budget it is, as in schema `KeyBudgetScope`.
    ///   - guardrailID: whose limit it is.
    /// - Returns: 403.
    package static func guardrailBudgetExceeded(
        interval: String?,
        limit: USD,
        spent: USD,
        scope: String,
        guardrailID: String
    ) -> APIError {
        let window = interval.map { "\($0) " } ?? ""
        return APIError(
            status: 403,
            message: "Budget limit exceeded: the \(window)guardrail budget of $\(limit.json.text) is spent. "
                + "Contact your org admin.",
            metadata: [
                "error_type": .string(ErrorType.permissionDenied.rawValue),
                "limit_source": "openrouter_guardrail_budget",
                "scope": .string(scope),
                "guardrail_id": .string(guardrailID),
                "limit_usd": limit.json,
                "spend_usd": spent.json,
            ]
        )
    }

    /// A content filter's pattern that is not supported.
    ///
    /// - Parameters:
    ///   - path: of the member.
    ///   - reason: as in `it looks ahead`.
    ///   - found: the pattern as it came.
    /// - Returns: 400 `invalid_regex_pattern`.
    package static func invalidPattern(_ path: String, reason: String, found: String) -> APIError {
        APIError(
            status: 400,
            message: "Invalid request parameters: \(path): invalid_regex_pattern: \(found): \(reason)",
            metadata: [
                "error_type": .string(ErrorType.invalidRequest.rawValue), "reason": "invalid_regex_pattern",
                "field": .string(path),
            ]
        )
    }
}

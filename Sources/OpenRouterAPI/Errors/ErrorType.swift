/// The stable names of failures, with the status each has.
///
/// Source: OpenRouter, errors-and-debugging (August 2026), and the schema `ApiErrorType`.
package enum ErrorType: String, Sendable, Hashable, CaseIterable, Codable {
    case contextLengthExceeded = "context_length_exceeded"
    case maxTokensExceeded = "max_tokens_exceeded"
    case tokenLimitExceeded = "token_limit_exceeded"
    case stringTooLong = "string_too_long"
    case authentication
    case paymentRequired = "payment_required"
    case permissionDenied = "permission_denied"
    case rateLimitExceeded = "rate_limit_exceeded"
    case providerOverloaded = "provider_overloaded"
    case providerUnavailable = "provider_unavailable"
    case invalidRequest = "invalid_request"
    case invalidPrompt = "invalid_prompt"
    case notFound = "not_found"
    case preconditionFailed = "precondition_failed"
    case payloadTooLarge = "payload_too_large"
    case unprocessable
    case contentPolicyViolation = "content_policy_violation"
    case refusal
    case invalidImage = "invalid_image"
    case imageTooLarge = "image_too_large"
    case imageTooSmall = "image_too_small"
    case unsupportedImageFormat = "unsupported_image_format"
    case imageDownloadFailed = "image_download_failed"
    case imageNotFound = "image_not_found"
    case server
    case timeout
    case unmapped

    /// HTTP status of an answer that fails this way before its first token.
    package var status: Int {
        switch self {
        case .authentication: 401
        case .paymentRequired: 402
        case .permissionDenied: 403
        case .notFound, .imageNotFound: 404
        case .preconditionFailed: 412
        case .payloadTooLarge: 413
        case .unprocessable: 422
        case .rateLimitExceeded: 429
        case .server, .unmapped: 500
        case .providerUnavailable: 502
        case .providerOverloaded: 503
        case .timeout: 504
        case .contextLengthExceeded, .maxTokensExceeded, .tokenLimitExceeded, .stringTooLong, .invalidRequest,
            .invalidPrompt, .contentPolicyViolation, .refusal, .invalidImage, .imageTooLarge, .imageTooSmall,
            .unsupportedImageFormat, .imageDownloadFailed:
            400
        }
    }
}

/// What each API calls a failure (reference: inference §1.8).
extension ErrorType {
    /// `error.type` of the Anthropic envelope.
    package var anthropicType: String {
        switch self {
        case .authentication: "authentication_error"
        case .paymentRequired: "billing_error"
        case .permissionDenied: "permission_error"
        case .rateLimitExceeded: "rate_limit_error"
        case .providerOverloaded: "overloaded_error"
        case .notFound, .imageNotFound: "not_found_error"
        case .timeout: "timeout_error"
        case .providerUnavailable, .server, .unmapped: "api_error"
        case .contextLengthExceeded, .maxTokensExceeded, .tokenLimitExceeded, .stringTooLong, .invalidRequest,
            .invalidPrompt, .preconditionFailed, .payloadTooLarge, .unprocessable, .contentPolicyViolation, .refusal,
            .invalidImage, .imageTooLarge, .imageTooSmall, .unsupportedImageFormat, .imageDownloadFailed:
            "invalid_request_error"
        }
    }

    /// `error.code` of a failed response object.
    ///
    /// That `invalid_prompt` becomes `server_error` is documented so.
    package var responsesCode: String {
        switch self {
        case .rateLimitExceeded: "rate_limit_exceeded"
        case .invalidRequest, .contextLengthExceeded: "invalid_prompt"
        case .contentPolicyViolation: "image_content_policy_violation"
        default: "server_error"
        }
    }

    /// Whether `/responses` tells it as an incomplete answer instead of a failure (reference: inference §4.9).
    package var isLengthOnResponses: Bool {
        switch self {
        case .contextLengthExceeded, .maxTokensExceeded, .tokenLimitExceeded, .stringTooLong: true
        default: false
        }
    }

    /// The type of a failure of which only the status is known.
    package init(status: Int) {
        self =
            switch status {
            case 401: .authentication
            case 402: .paymentRequired
            case 403: .permissionDenied
            case 404: .notFound
            case 408, 504, 524: .timeout
            case 412: .preconditionFailed
            case 413: .payloadTooLarge
            case 422: .unprocessable
            case 429: .rateLimitExceeded
            case 502: .providerUnavailable
            case 503, 529: .providerOverloaded
            case 400..<500: .invalidRequest
            case 500: .server
            default: .unmapped
            }
    }
}

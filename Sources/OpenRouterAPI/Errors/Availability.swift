/// Why a model cannot be had: `error.availability`, since 2026-08-19 (reference: platform §1.9).
package struct Availability: Sendable, Hashable {
    /// The stable names; each has one status and one error type.
    package enum Code: String, Sendable, Hashable, CaseIterable {
        case modelNotFound = "model_not_found"
        case wrongEndpoint = "wrong_endpoint"
        case noEndpoints = "no_endpoints"
        case modelDeprecated = "model_deprecated"
        case modelUnavailableUpstream = "model_unavailable_upstream"
        case privacyRestricted = "privacy_restricted"
        case constraintFiltered = "constraint_filtered"
        case freeVariantEnded = "free_variant_ended"
        case regionRestricted = "region_restricted"
        case capacityExhausted = "capacity_exhausted"
        case temporarilyUnavailable = "temporarily_unavailable"

        package var errorType: ErrorType {
            switch self {
            case .modelNotFound, .wrongEndpoint: .invalidRequest
            case .noEndpoints, .modelDeprecated, .modelUnavailableUpstream, .privacyRestricted, .constraintFiltered,
                .freeVariantEnded:
                .notFound
            case .regionRestricted: .permissionDenied
            case .capacityExhausted: .rateLimitExceeded
            case .temporarilyUnavailable: .providerOverloaded
            }
        }

        /// Whether the same request may succeed later.
        package var isRetryable: Bool {
            self == .capacityExhausted || self == .temporarilyUnavailable
        }
    }

    /// What ruled endpoints out, in the words of the reference.
    package enum Exclusion: String, Sendable, Hashable, CaseIterable {
        case geo
        case dataRegion = "data_region"
        case zeroDataRetention = "data_policy:zdr"
        case training = "data_policy:training"
        case maximumPrice = "max_price"
        case contextLength = "context_length"
        case requiredParameters = "require_parameters"
        case quantization
        case allowedProviders = "allowed_providers"
    }

    /// The field that could not be met, and how.
    package struct Constraint: Sendable, Hashable {
        package var field: String
        package var detail: String

        package init(field: String, detail: String) {
            self.field = field
            self.detail = detail
        }
    }

    package var code: Code

    /// Slugs as sent.
    package var requestedModels: [String]

    /// Seconds, the same as `Retry-After`; nil without a hint.
    package var retryAfter: Int?

    /// Slugs of providers; empty leaves the member out.
    package var affectedProviders: [String] = []
    package var excludedBy: [Exclusion] = []

    /// Ids to use instead; empty leaves the member out.
    package var fallbackModels: [String] = []
    package var constraint: Constraint?

    package init(_ code: Code, requestedModels: [String]) {
        self.code = code
        self.requestedModels = requestedModels
    }

    package var json: JSONObject {
        func strings(_ strings: [String]) -> JSON? {
            strings.isEmpty ? nil : .array(strings.map { .string($0) })
        }
        var json: JSONObject = ["code": .string(code.rawValue), "retryable": .bool(code.isRetryable)]
        json.append("retry_after", retryAfter.map { .integer($0) })
        json.append("requested_models", .array(requestedModels.map { .string($0) }))
        json.append("affected_providers", strings(affectedProviders))
        json.append("excluded_by", strings(excludedBy.map(\.rawValue)))
        json.append("fallback_models", strings(fallbackModels))
        json.append("constraint", constraint.map { ["field": .string($0.field), "detail": .string($0.detail)] })
        json.append("docs_url", .string("https://openrouter.ai/docs/errors#\(code.rawValue)"))
        return json
    }
}

extension APIError {
    /// A failure to find a model or an endpoint, with the status and the error type of its code.
    ///
    /// The metadata stands before `error_type` in `error.metadata`.
    package init(_ message: String, availability: Availability, metadata: JSONObject = [:]) {
        var metadata = metadata
        metadata.append("error_type", .string(availability.code.errorType.rawValue))
        self.init(
            status: availability.code.errorType.status,
            message: message,
            metadata: metadata,
            availability: availability.json
        )
    }
}

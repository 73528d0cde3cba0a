/// Failures to find a model or an endpoint (reference: platform §1.7, inference §1.11).
///
/// Wordings are as observed; those that were never captured say so.
extension APIError {
    private static let guide =
        "To learn more about provider routing, visit: https://openrouter.ai/docs/guides/routing/provider-selection"
    private static let privacySettings = "https://openrouter.ai/settings/privacy"
    private static let guardrailSettings = "https://openrouter.ai/workspaces/default/guardrails"

    // MARK: Models

    package static func invalidModel(_ model: String, requestedModels: [String]) -> APIError {
        APIError(
            "\(model) is not a valid model ID",
            availability: Availability(.modelNotFound, requestedModels: requestedModels)
        )
    }

    /// A model that other endpoints serve, such as one for embeddings on chat.
    ///
    /// The message's wording is ours.
    package static func wrongEndpoint(_ model: String, outputs: [String], requestedModels: [String]) -> APIError {
        let detail = "it makes \(outputs.joined(separator: ", "))"
        var availability = Availability(.wrongEndpoint, requestedModels: requestedModels)
        availability.constraint = .init(field: "model", detail: detail)
        return APIError("\(model) cannot be used on this endpoint: \(detail)", availability: availability)
    }

    /// A `:batch` row that did not come through the batch API.
    package static func batchOnly(requestedModels: [String]) -> APIError {
        var availability = Availability(.constraintFiltered, requestedModels: requestedModels)
        availability.constraint = .init(field: "model", detail: "served by the Batch API only")
        return APIError(
            "This model is only available through the Batch API. Use the /api/beta/batches endpoint instead.",
            availability: availability
        )
    }

    /// A variant that a model has no row of; the end of `:free` has a code of its own.
    ///
    /// The base is the id without the variant, which is there.
    package static func unlistedVariant(
        _ model: String,
        base: String,
        isFree: Bool,
        requestedModels: [String]
    ) -> APIError {
        var availability = Availability(isFree ? .freeVariantEnded : .noEndpoints, requestedModels: requestedModels)
        availability.fallbackModels = [base]
        return APIError("No endpoints found for \(model).", availability: availability)
    }

    /// A free row whose promotion is over.
    package static func freePeriodEnded(name: String, base: String, requestedModels: [String]) -> APIError {
        var availability = Availability(.freeVariantEnded, requestedModels: requestedModels)
        availability.fallbackModels = [base]
        return APIError(
            "The free \(name) period has ended. To continue using this model, please migrate to the paid slug: \(base)",
            availability: availability
        )
    }

    /// A model past its expiration date; the wording is ours.
    package static func deprecatedModel(
        _ model: String,
        successors: [String],
        requestedModels: [String]
    ) -> APIError {
        var availability = Availability(.modelDeprecated, requestedModels: requestedModels)
        availability.fallbackModels = successors
        let advice = successors.first.map { " Please use \($0) instead." } ?? ""
        return APIError("\(model) has been deprecated.\(advice)", availability: availability)
    }

    /// What a smart router says when its restrictions and the request's needs leave no model.
    package static func noModelsMatch(requestedModels: [String]) -> APIError {
        APIError(
            "No models match your request and model restrictions",
            availability: Availability(.noEndpoints, requestedModels: requestedModels)
        )
    }

    // MARK: Providers

    package static func noEndpoints(_ trace: RoutingTrace) -> APIError {
        APIError(
            "No endpoints found for \(trace.model).",
            availability: Availability(.noEndpoints, requestedModels: trace.requestedModels),
            metadata: trace.metadata(listsFailedStep: false)
        )
    }

    /// `provider.only` names nobody who serves the model.
    package static func noAllowedProviders(_ permitted: [String], _ trace: RoutingTrace) -> APIError {
        var metadata: JSONObject = [
            "available_providers": .array(trace.providers.map { .string($0) }),
            "requested_providers": .array(permitted.map { .string($0) }),
        ]
        metadata.append(contentsOf: trace.metadata(listsFailedStep: true))
        return APIError(
            "No allowed providers are available for the selected model. Providers serving \(trace.model): "
                + "\(trace.providers.joined(separator: ", ")), but your request's provider.only preference permits only: "
                + "\(permitted.joined(separator: ", ")).",
            availability: excluding(.noEndpoints, by: .allowedProviders, trace),
            metadata: metadata
        )
    }

    /// `provider.ignore` names everybody who serves the model.
    package static func allProvidersIgnored(_ trace: RoutingTrace) -> APIError {
        APIError(
            "All providers have been ignored. To change your default ignored providers, visit: \(privacySettings)",
            availability: excluding(.noEndpoints, by: .allowedProviders, trace),
            metadata: trace.metadata(listsFailedStep: false)
        )
    }

    /// `provider.order` names nobody who may serve, and there are to be no fallbacks (wording of 2026-10-02).
    package static func noFallbacks(_ trace: RoutingTrace) -> APIError {
        let steps = trace.steps.map { "\($0.name) removed \($0.removed.joined(separator: ", "))" }
        return APIError(
            "No endpoints found for \(trace.model). Every candidate endpoint was removed during routing: "
                + "\(steps.joined(separator: "; ")).",
            availability: excluding(.noEndpoints, by: .allowedProviders, trace),
            metadata: trace.metadata(listsFailedStep: true)
        )
    }

    // MARK: Data policy

    /// All providers may train on prompts; for models that cost nothing accounts have a setting of their own.
    package static func trainingDenied(isFree: Bool, _ trace: RoutingTrace) -> APIError {
        dataPolicy(isFree ? "Free model training" : "Paid model training", .training, trace)
    }

    package static func zeroDataRetentionRequired(_ trace: RoutingTrace) -> APIError {
        dataPolicy("Zero data retention", .zeroDataRetention, trace)
    }

    /// Guardrails rule out all endpoints.
    ///
    /// The reasons in the metadata are as captured in September and October 2026, when the message had begun to list
    /// them, too.
    ///
    /// - Parameters:
    ///   - reasons: names, and how many endpoints each rules out.
    ///   - exclusions: of the reasons, nil for those that have none.
    ///   - trace: how it came to this.
    /// - Returns: 404.
    package static func guardrailRestricted(
        _ reasons: [(name: String, endpointCount: Int)],
        by exclusions: [Availability.Exclusion?],
        _ trace: RoutingTrace
    ) -> APIError {
        var availability = Availability(.privacyRestricted, requestedModels: trace.requestedModels)
        availability.affectedProviders = trace.providers
        for exclusion in exclusions.compactMap(\.self) where !availability.excludedBy.contains(exclusion) {
            availability.excludedBy.append(exclusion)
        }
        var metadata: JSONObject = [
            "input_endpoint_count": .integer(trace.endpointCount),
            "ineligibility_reasons": .array(
                reasons.map {
                    [
                        "reason": .string($0.name), "endpoint_count": .integer($0.endpointCount),
                        "configure_url": .string(guardrailSettings),
                    ]
                }
            ),
        ]
        metadata.append(contentsOf: trace.metadata(listsFailedStep: false))
        return APIError(
            "No endpoints available matching your guardrail restrictions and data policy. Configure: \(privacySettings)",
            availability: availability,
            metadata: metadata
        )
    }

    private static func dataPolicy(
        _ reason: String,
        _ exclusion: Availability.Exclusion,
        _ trace: RoutingTrace
    ) -> APIError {
        APIError(
            "No endpoints found matching your data policy (\(reason)). Configure: \(privacySettings)",
            availability: excluding(.privacyRestricted, by: exclusion, trace),
            metadata: trace.metadata(listsFailedStep: false)
        )
    }

    /// The wording is ours.
    package static func notDistillable(_ trace: RoutingTrace) -> APIError {
        constraint(
            "No endpoints found that allow text distillation.",
            field: "provider.enforce_distillable_text",
            detail: "the author has not allowed it",
            trace
        )
    }

    // MARK: Capabilities

    /// No endpoint knows tools; the message advises to disable the first one.
    package static func noToolUse(toolName: String?, _ trace: RoutingTrace) -> APIError {
        let advice = toolName.map { " Try disabling \"\($0)\"." } ?? ""
        return constraint(
            "No endpoints found that support tool use.\(advice) \(guide)",
            field: "tools",
            detail: "not supported",
            trace
        )
    }

    package static func noToolChoice(_ trace: RoutingTrace) -> APIError {
        constraint(
            "No endpoints found that support the provided 'tool_choice' value. \(guide)",
            field: "tool_choice",
            detail: "not supported",
            trace
        )
    }

    /// The model does not read a modality: `image`, `audio` or `video`.
    package static func noInput(_ modality: String, _ trace: RoutingTrace) -> APIError {
        constraint(
            "No endpoints found that support \(modality) input",
            field: "messages",
            detail: "\(modality) input is not supported",
            trace
        )
    }

    package static func noOutput(_ modalities: [String], _ trace: RoutingTrace) -> APIError {
        let list = modalities.joined(separator: ", ")
        return constraint(
            "No endpoints found that support the requested output modalities: \(list)",
            field: "modalities",
            detail: "\(list) is not supported",
            trace
        )
    }

    // MARK: Limits

    /// No endpoint knows all parameters; the missing ones are those of the endpoint that knows most.
    package static func parametersNotSupported(_ missing: [String], _ trace: RoutingTrace) -> APIError {
        constraint(
            "No endpoints found that can handle the requested parameters. \(guide)",
            by: .requiredParameters,
            field: "provider.require_parameters",
            detail: "not supported together: \(missing.joined(separator: ", "))",
            trace
        )
    }

    package static func noQuantization(_ quantizations: [String], _ trace: RoutingTrace) -> APIError {
        let list = quantizations.joined(separator: ", ")
        return constraint(
            "No endpoints found for the request with quantization: \(list). \(guide)",
            by: .quantization,
            field: "provider.quantizations",
            detail: list,
            trace
        )
    }

    package static func tooExpensive(_ trace: RoutingTrace) -> APIError {
        constraint(
            "No endpoints found that satisfy the max price for this request",
            by: .maximumPrice,
            field: "provider.max_price",
            detail: "all endpoints cost more",
            trace
        )
    }

    /// `max_tokens` beyond what any endpoint puts out; the wording is ours.
    package static func outputTooLong(tokenLimit: Int, longest: Int, _ trace: RoutingTrace) -> APIError {
        constraint(
            "No endpoints found that can put out \(tokenLimit) tokens. The most is \(longest).",
            by: .contextLength,
            field: "max_tokens",
            detail: "at most \(longest)",
            trace
        )
    }

    /// A prompt and an answer that the largest window does not hold, without compression; all numbers are tokens.
    package static func contextLengthExceeded(window: Int, text: Int, tools: Int, output: Int) -> APIError {
        let total = [text, tools, output].reduce(0) { sum, count in
            let (sum, overflow) = sum.addingReportingOverflow(count)
            return overflow ? .max : sum
        }
        let toolInput = tools > 0 ? ", \(tools) of tool input" : ""
        return APIError(
            status: ErrorType.contextLengthExceeded.status,
            message: "This endpoint's maximum context length is \(window) tokens. However, you requested about "
                + "\(total) tokens (\(text) of text input\(toolInput), \(output) in the output). Please "
                + "reduce the length of either one, or use the context-compression plugin to compress your prompt "
                + "automatically.",
            metadata: [
                "error_type": .string(ErrorType.contextLengthExceeded.rawValue),
                "provider_name": .null,
            ]
        )
    }

    // MARK: Parts

    private static func constraint(
        _ message: String,
        by exclusion: Availability.Exclusion? = nil,
        field: String,
        detail: String,
        _ trace: RoutingTrace
    ) -> APIError {
        var availability = excluding(.constraintFiltered, by: exclusion, trace)
        availability.constraint = .init(field: field, detail: detail)
        return APIError(message, availability: availability, metadata: trace.metadata(listsFailedStep: false))
    }

    private static func excluding(
        _ code: Availability.Code,
        by exclusion: Availability.Exclusion?,
        _ trace: RoutingTrace
    ) -> Availability {
        var availability = Availability(code, requestedModels: trace.requestedModels)
        availability.affectedProviders = trace.providers
        availability.excludedBy = exclusion.map { [$0] } ?? []
        return availability
    }
}

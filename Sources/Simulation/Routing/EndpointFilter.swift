internal import OpenRouterAPI

/// Takes from a model's endpoints those that may not serve a request, step by step (reference: platform §1.7).
struct EndpointFilter {
    let request: RoutingRequest
    private let order: ProviderList
    private let only: ProviderList
    private let ignored: ProviderList

    init(_ request: RoutingRequest) {
        self.request = request
        order = ProviderList(request.preferences.order)
        only = ProviderList(request.preferences.only)
        ignored = ProviderList(request.preferences.ignore)
    }

    /// - Returns: the endpoints that may serve, in the catalog's order; at least one.
    /// - Throws: ``APIError`` of the step that took the last one.
    func candidates(of model: CatalogModel, for slug: ResolvedSlug) throws(APIError) -> [RouteCandidate] {
        var pool = Pool(model: model, slug: slug)
        guard !pool.endpoints.isEmpty else { throw .noEndpoints(trace(pool, failedStep: "Initial Endpoints")) }
        for step in RoutingStep.allCases where isNeeded(step, pool) {
            let kept = kept(step, pool)
            guard kept.count < pool.endpoints.count else { continue }
            let removed = pool.endpoints.filter { endpoint in !kept.contains { $0 === endpoint } }
            pool.steps.append(.init(name: step.name, remainingCount: kept.count, removed: removed.map(\.tag)))
            guard !kept.isEmpty else { throw failure(step, pool) }
            pool.endpoints = kept
        }
        let fit = ContextFit(request, model)
        return pool.endpoints.map { endpoint in
            RouteCandidate(
                model: model,
                endpoint: endpoint,
                isCompressed: fit.isChecked && !fit.holds(endpoint),
                smartRouter: slug.router
            )
        }
    }

    /// Endpoints on their way through the steps.
    private struct Pool {
        let model: CatalogModel
        let slug: ResolvedSlug
        var endpoints: [CatalogEndpoint]
        var steps: [RoutingTrace.Step] = []

        init(model: CatalogModel, slug: ResolvedSlug) {
            self.model = model
            self.slug = slug
            endpoints = model.endpoints
        }
    }
}

// MARK: - Steps

extension EndpointFilter {
    /// Whether the request asks for the step at all.
    private func isNeeded(_ step: RoutingStep, _ pool: Pool) -> Bool {
        switch step {
        case .tier: pool.model.hasServiceTiers
        case .allowedProviders: !only.isEmpty
        case .ignoredProviders: !ignored.isEmpty
        case .training: request.preferences.dataCollection == .deny
        case .zeroDataRetention: request.preferences.requiresZeroDataRetention
        case .guardrails: !request.restrictions.isEmpty
        case .distillation: request.preferences.enforcesDistillableText
        case .outputModalities: !request.needs.outputModalities.isEmpty
        case .imageInput, .audioInput, .videoInput: !request.needs.inputModalities.isEmpty
        case .tools: request.needs.usesTools
        case .toolChoice: request.needs.toolChoice == .required || request.needs.toolChoice == .function
        case .parameters:
            request.preferences.requiresParameters || request.needs.wantsStructuredOutput || request.needs.wantsJSON
                || request.needs.setsVerbosity
        case .quantization: !request.preferences.quantizations.isEmpty
        case .maximumPrice: request.preferences.maximumPrice != nil
        case .outputLength: request.tokenLimit != nil && request.purpose == .conversation
        case .contextLength: true
        case .fallback: !request.preferences.allowsFallbacks && !order.isEmpty
        }
    }

    private func kept(_ step: RoutingStep, _ pool: Pool) -> [CatalogEndpoint] {
        switch step {
        case .parameters: keptByParameters(pool.endpoints)
        case .contextLength: ContextFit(request, pool.model).kept(pool.endpoints)
        default: pool.endpoints.filter { admits($0, at: step, pool) }
        }
    }

    private func admits(_ endpoint: CatalogEndpoint, at step: RoutingStep, _ pool: Pool) -> Bool {
        switch step {
        case .tier: admitsTier(of: endpoint, pool)
        case .allowedProviders: only.contains(endpoint)
        case .ignoredProviders: !ignored.contains(endpoint)
        case .training: !endpoint.mayTrain
        case .zeroDataRetention: endpoint.hasZeroDataRetention
        case .guardrails: request.restrictions.allSatisfy { $0.admits(endpoint, of: pool.model) }
        case .distillation: pool.model.isDistillable
        case .outputModalities: request.needs.outputModalities.allSatisfy(pool.model.outputModalities.contains)
        case .imageInput, .audioInput, .videoInput: !lacksInput(step, pool.model)
        case .tools: endpoint.supports("tools")
        case .toolChoice: endpoint.supports("tool_choice")
        case .quantization: request.preferences.quantizations.contains { $0.rawValue == endpoint.quantization }
        case .maximumPrice: request.preferences.maximumPrice?.allows(endpoint.pricing) ?? true
        case .outputLength: endpoint.maxCompletionTokens ?? .max >= request.tokenLimit ?? 0
        case .fallback: order.contains(endpoint)
        case .parameters, .contextLength: true
        }
    }

    private func lacksInput(_ step: RoutingStep, _ model: CatalogModel) -> Bool {
        guard let modality = step.inputModality else { return false }
        return request.needs.inputModalities.contains(modality) && !model.inputModalities.contains(modality)
    }

    /// Reference: platform §1.1 and §1.14.
    ///
    /// A tier's endpoints are in the pool if `service_tier` wants them, if a variant admits them (unless
    /// `provider.order` or the tier `default` was sent), or if an entry of `order` or `only` is their very tag.
    private func admitsTier(of endpoint: CatalogEndpoint, _ pool: Pool) -> Bool {
        let tier = request.serviceTier
        let listensToVariant = order.isEmpty && tier != .default
        switch endpoint.tier {
        case .priority:
            return tier?.isPriority == true || listensToVariant && pool.slug.variants.admitsPriorityTier
                || order.names(endpoint) || only.names(endpoint)
        case .flex:
            return tier == .flex || listensToVariant && pool.slug.variants.admitsFlexTier
                || order.names(endpoint) || only.names(endpoint)
        default:
            // A flex request never falls back to the default tier, if there is a flex endpoint.
            return tier != .flex || !pool.model.endpoints.contains { $0.tier == .flex }
        }
    }

    /// Prefers endpoints that know some of the parameters, or requires all.
    ///
    /// Structured output and verbosity are worth a detour: endpoints that know them are taken alone if there are any.
    /// With `require_parameters` all parameters have to be known.
    private func keptByParameters(_ endpoints: [CatalogEndpoint]) -> [CatalogEndpoint] {
        let needs = request.needs
        var kept = endpoints
        for (isWanted, name) in [
            (needs.wantsStructuredOutput, "structured_outputs"), (needs.wantsJSON, "response_format"),
            (needs.setsVerbosity, "verbosity"),
        ] where isWanted {
            let supporting = kept.filter { $0.supports(name) }
            if !supporting.isEmpty || request.preferences.requiresParameters { kept = supporting }
        }
        guard request.preferences.requiresParameters else { return kept }
        return kept.filter { endpoint in needs.parameters.allSatisfy(endpoint.supports) }
    }
}

// MARK: - Failures

extension EndpointFilter {
    private func failure(_ step: RoutingStep, _ pool: Pool) -> APIError {
        let trace = trace(pool, failedStep: step.name)
        let preferences = request.preferences
        switch step {
        case .tier: return .noEndpoints(trace)
        case .allowedProviders: return .noAllowedProviders(preferences.only, trace)
        case .ignoredProviders: return .allProvidersIgnored(trace)
        case .training: return .trainingDenied(isFree: pool.model.pricing.isFree, trace)
        case .zeroDataRetention: return .zeroDataRetentionRequired(trace)
        case .guardrails:
            let violations = request.restrictions.violations(by: pool.endpoints, of: pool.model)
            return .guardrailRestricted(
                violations.map { ($0.0.rawValue, $0.1) },
                by: violations.map(\.0.exclusion),
                trace
            )
        case .distillation: return .notDistillable(trace)
        case .outputModalities: return .noOutput(request.needs.outputModalities.sorted(), trace)
        case .imageInput, .audioInput, .videoInput: return .noInput(step.inputModality ?? "", trace)
        case .tools: return .noToolUse(toolName: request.needs.firstToolName, trace)
        case .toolChoice: return .noToolChoice(trace)
        case .parameters: return .parametersNotSupported(unsupportedParameters(pool), trace)
        case .quantization: return .noQuantization(preferences.quantizations.map(\.rawValue), trace)
        case .maximumPrice: return .tooExpensive(trace)
        case .outputLength:
            let longest = pool.endpoints.compactMap(\.maxCompletionTokens).max() ?? 0
            return .outputTooLong(tokenLimit: request.tokenLimit ?? 0, longest: longest, trace)
        case .contextLength:
            return .contextLengthExceeded(
                window: pool.endpoints.map(\.contextLength).max() ?? 0,
                text: request.promptTokenCount - request.toolTokenCount,
                tools: request.toolTokenCount,
                output: request.tokenLimit ?? 0
            )
        case .fallback: return .noFallbacks(trace)
        }
    }

    /// Those that the endpoint that knows most of them does not know.
    private func unsupportedParameters(_ pool: Pool) -> [String] {
        var names = request.needs.parameters
        if request.needs.wantsStructuredOutput { names.insert("structured_outputs") }
        if request.needs.wantsJSON { names.insert("response_format") }
        if request.needs.setsVerbosity { names.insert("verbosity") }
        let missing = pool.endpoints.map { endpoint in names.filter { !endpoint.supports($0) } }
        return missing.min { $0.count < $1.count }?.sorted() ?? []
    }

    private func trace(_ pool: Pool, failedStep: String) -> RoutingTrace {
        var providers: [String] = []
        for endpoint in pool.model.endpoints where !providers.contains(endpoint.provider.slug) {
            providers.append(endpoint.provider.slug)
        }
        return RoutingTrace(
            requestedModels: request.models,
            model: pool.slug.slug,
            providers: providers,
            endpointCount: pool.model.endpoints.count,
            steps: pool.steps,
            failedStep: failedStep
        )
    }
}

extension CatalogEndpoint {
    /// Whether a parameter has an effect here; names of one thing stand for each other.
    fileprivate func supports(_ parameter: String) -> Bool {
        switch parameter {
        case "max_tokens", "max_completion_tokens":
            supportedParameters.contains("max_tokens") || supportedParameters.contains("max_completion_tokens")
        case "reasoning_effort", "include_reasoning", "reasoning":
            supportedParameters.contains(parameter) || supportedParameters.contains("reasoning")
        default:
            supportedParameters.contains(parameter)
        }
    }
}

extension ProviderPreferences.MaximumPrice {
    /// Prices that an endpoint does not state are nothing.
    fileprivate func allows(_ pricing: Pricing) -> Bool {
        func isWithin(_ limit: USD?, _ kind: PriceKind, units: Int) -> Bool {
            guard let limit, let price = pricing[kind] else { return true }
            return price * units <= limit
        }
        return isWithin(prompt, .prompt, units: 1_000_000) && isWithin(completion, .completion, units: 1_000_000)
            && isWithin(audio, .audio, units: 1_000_000) && isWithin(request, .request, units: 1)
            && isWithin(image, .image, units: 1)
    }
}

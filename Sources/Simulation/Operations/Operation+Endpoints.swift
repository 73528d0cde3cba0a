internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes

extension Operation {
    /// `GET /models/{author}/{slug}/endpoints`: who serves a model (reference: platform §2.5).
    ///
    /// An alias such as `~openai/gpt-latest` is served by whoever serves the model it stands for.
    static let getModelEndpoints = Operation("listEndpoints", .get, "/models/:author/:slug/endpoints", .anybody) {
        call throws(APIError) in
        let row = try call.namedModel()
        let model = row.aliasTarget.flatMap { call.catalog[$0] } ?? row
        let members = row.json.members ?? [:]
        return .json([
            "data": [
                "id": .string(row.id),
                "name": .string(row.name),
                "created": .integer(row.created),
                "description": members["description"] ?? "",
                "architecture": members["architecture"] ?? [:],
                "endpoints": .array(model.endpoints.map { $0.json(of: model, showsSpeed: call.isAuthenticated) }),
            ]
        ])
    }

    /// `GET /endpoints/zdr`: endpoints that keep nothing of a request.
    static let getZeroDataRetentionEndpoints = Operation("listEndpointsZdr", .get, "/endpoints/zdr", .anybody) {
        call throws(APIError) in
        let rows = call.catalog.models.filter { !$0.isLegacy }.flatMap { model in
            model.endpoints.filter(\.hasZeroDataRetention).map { $0.json(of: model, showsSpeed: call.isAuthenticated) }
        }
        return .json(["data": .array(rows)])
    }
}

extension Call {
    /// Whether a key came along where none is needed.
    fileprivate var isAuthenticated: Bool {
        guard let token = request.bearerToken else { return false }
        return world.caller(token: token, unregistered: settings.kind(ofUnregistered: token)) != nil
    }
}

extension CatalogEndpoint {
    /// Schema `PublicEndpoint`.
    ///
    /// - Parameters:
    ///   - model: whose endpoint it is.
    ///   - showsSpeed: whether latency and throughput are told; only callers with a key see them.
    /// - Returns: members in the order of the reference's example.
    fileprivate func json(of model: CatalogModel, showsSpeed: Bool) -> JSON {
        var prices = pricing.members
        prices["discount"] = .number(discount)
        return [
            "name": .string("\(provider.name) | \(model.canonicalSlug)"),
            "model_id": .string(model.id),
            "model_name": .string(model.name),
            "provider_name": .string(provider.name),
            "tag": .string(tag),
            "context_length": .integer(contextLength),
            "max_completion_tokens": maxCompletionTokens.map { .integer($0) } ?? .null,
            "max_prompt_tokens": .null,
            "quantization": .string(quantization),
            "pricing": .object(prices),
            "supported_parameters": .array(supportedParameters.map { .string($0) }),
            "supports_implicit_caching": .bool(supportsImplicitCaching),
            // From here to the tier: required by openrouter-python 1.3.84.
            "supports_diarization": false,
            "supports_tool_choice": toolChoiceSupport,
            "native_tools": [:],
            "service_tier": tier == .default ? .null : .string(tier.rawValue),
            "status": .integer(status),
            "uptime_last_5m": recentUptime.map { .number($0) } ?? .null,
            "uptime_last_30m": halfHourUptime.map { .number($0) } ?? .null,
            "uptime_last_1d": dayUptime.map { .number($0) } ?? .null,
            "latency_last_30m": showsSpeed ? latencyMilliseconds?.json ?? .null : .null,
            "throughput_last_30m": showsSpeed ? throughput?.json ?? .null : .null,
        ]
    }
}

extension CatalogEndpoint {
    /// Every form of `tool_choice`, or none: the catalog knows only whether the parameter is taken.
    private var toolChoiceSupport: JSON {
        let isTaken = JSON.bool(supportedParameters.contains("tool_choice"))
        return ["auto": isTaken, "function": isTaken, "none": isTaken, "required": isTaken]
    }
}

extension CatalogEndpoint.Percentiles {
    /// Schema `PercentileStats`.
    fileprivate var json: JSON {
        ["p50": .number(p50), "p75": .number(p75), "p90": .number(p90), "p99": .number(p99)]
    }
}

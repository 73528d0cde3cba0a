internal import OpenRouterAPI

/// Reads and checks the fields that all inference APIs share: models, routing, plugins, sampling, identity.
///
/// Ranges: schemas `ChatRequest`, `ResponsesRequest`, `MessagesRequest` and the parameters guide (August 2026). Unknown
/// members are not rejected.
struct InferenceFields {
    /// Parameters an endpoint may lack, by the name in `supported_parameters`; what is sent counts for
    /// `require_parameters`.
    private static let supportable: Set<String> = [
        "temperature", "top_p", "top_k", "top_a", "min_p", "frequency_penalty", "presence_penalty",
        "repetition_penalty", "seed", "logit_bias", "logprobs", "top_logprobs", "stop", "tools", "tool_choice",
        "parallel_tool_calls", "response_format", "reasoning", "include_reasoning", "reasoning_effort", "verbosity",
        "web_search_options", "max_tokens", "max_completion_tokens",
    ]

    let reader: FieldReader

    private enum LegacyRoute: String, CaseIterable {
        case fallback, sort
    }

    /// What the router has to know, as far as it stands in the shared fields.
    ///
    /// - Parameters:
    ///   - fallbacks: models that another member of the request names, tried after the others.
    ///   - now: the world's time in microseconds since 1970.
    ///   - acceptsAnyTier: whether a service tier that is none of OpenRouter's, such as Anthropic's `standard_only`, is
    ///     the default one instead of an error.
    /// - Returns: the request to the router, without what the prompt adds.
    /// - Throws: ``APIError`` 400 that names the field.
    func routing(
        fallbacks: [String] = [],
        now: Int64,
        acceptsAnyTier: Bool = false
    ) throws(APIError) -> RoutingRequest {
        var routing = RoutingRequest(models: try models() + fallbacks, purpose: .conversation, now: now)
        if let provider = try reader.object("provider") {
            routing.preferences = try ProviderPreferences(reading: provider)
        }
        switch try reader.choice("route", of: LegacyRoute.self) {
        case .fallback: routing.partition = .model
        case .sort: routing.partition = ProviderPreferences.Partition.none
        case nil: break
        }
        routing.plugins = try RouterPlugins(reading: reader)
        routing.serviceTier =
            acceptsAnyTier
            ? try reader.string("service_tier").flatMap { ServiceTier(rawValue: $0) }
            : try reader.choice("service_tier", of: ServiceTier.self)
        routing.compression = try reader.strings("transforms").map { $0.contains("middle-out") }
        for member in reader.value.members where Self.supportable.contains(member.key) {
            if reader.optional(member.key) != nil { routing.needs.parameters.insert(member.key) }
        }
        routing.needs.setsVerbosity = reader.optional("verbosity") != nil
        return routing
    }

    private func models() throws(APIError) -> [String] {
        let models = try reader.strings("models") ?? []
        guard let model = try reader.string("model") else { return models }
        guard !model.isEmpty else {
            throw reader.invalid("model", expected: "a model ID such as openai/gpt-4o-mini")
        }
        return [model] + models
    }

    /// What every skin adds to a request whose prompt is read.
    func read(into request: inout GenerationRequest) throws(APIError) {
        request.isStreamed = try reader.bool("stream") ?? false
        try checkSampling()
        request.plugins = try Plugins(reading: reader)
        if let compresses = request.plugins.compresses { request.routing.compression = compresses }
        request.user = try reader.string("user")
        request.sessionID = try reader.string("session_id", longest: 256)
        request.promptCacheKey = try reader.string("prompt_cache_key")
        request.echoesUpstreamBody = try reader.object("debug")?.bool("echo_upstream_body") ?? false
        try checkTrace()
        _ = try reader.object("image_config")
        _ = try reader.integer("max_tool_calls", in: 1...30)
        try checkServerToolStops()
    }

    private func checkSampling() throws(APIError) {
        _ = try reader.number("temperature", in: 0...2)
        if let topP = try reader.number("top_p", in: 0...1), topP == 0 {
            throw reader.invalid("top_p", expected: "a number greater than 0 and at most 1")
        }
        _ = try reader.integer("top_k", in: 0...Int.max)
        _ = try reader.number("top_a", in: 0...1)
        _ = try reader.number("min_p", in: 0...1)
        _ = try reader.number("frequency_penalty", in: -2...2)
        _ = try reader.number("presence_penalty", in: -2...2)
        _ = try reader.number("repetition_penalty", in: 0...2)
        _ = try reader.integer("seed", in: Int.min...Int.max)
        guard let bias = try reader.object("logit_bias") else { return }
        for member in bias.value.members {
            _ = try bias.number(member.key, in: -100...100)
        }
    }

    private enum StopCondition: String, CaseIterable {
        case stepCount = "step_count_is"
        case toolCall = "has_tool_call"
        case tokens = "max_tokens_used"
        case cost = "max_cost"
        case finishReason = "finish_reason_is"

        /// The member that says when.
        var limit: String {
            switch self {
            case .stepCount: "step_count"
            case .toolCall: "tool_name"
            case .tokens: "max_tokens"
            case .cost: "max_cost_in_dollars"
            case .finishReason: "reason"
            }
        }

        var limitWords: String {
            switch self {
            case .stepCount, .tokens: "an integer"
            case .cost: "a number"
            case .toolCall, .finishReason: "a string"
            }
        }

        func isLimit(_ value: JSONValue?) -> Bool {
            switch self {
            case .stepCount, .tokens: value?.int != nil
            case .cost: value?.double != nil
            case .toolCall, .finishReason: value?.string?.isEmpty == false
            }
        }
    }

    private func checkServerToolStops() throws(APIError) {
        guard let stops = try reader.array("stop_server_tools_when") else { return }
        guard stops.count > 0 else {
            throw reader.invalid("stop_server_tools_when", expected: "at least one condition")
        }
        for (index, value) in stops.elements.enumerated() {
            let stop = try FieldReader(value, path: "stop_server_tools_when[\(index)]")
            let condition = try stop.requiredChoice("type", of: StopCondition.self)
            guard condition.isLimit(stop.optional(condition.limit)) else {
                throw stop.invalid(condition.limit, expected: condition.limitWords)
            }
        }
    }

    /// Free but for the names that observability knows (schema `TraceConfig`).
    private func checkTrace() throws(APIError) {
        guard let trace = try reader.object("trace") else { return }
        for name in ["trace_id", "trace_name", "span_name", "generation_name", "parent_span_id"] {
            _ = try trace.string(name)
        }
    }

    private enum PromptCacheMode: String, CaseIterable {
        case explicit
    }

    /// `prompt_cache_options` of chat and responses (schema `PromptCacheOptions`).
    func checkPromptCacheOptions() throws(APIError) {
        guard let options = try reader.object("prompt_cache_options") else { return }
        guard try options.choice("mode", of: PromptCacheMode.self) != nil else {
            throw options.invalid("mode", expected: "\"explicit\"")
        }
        _ = try options.string("ttl")
    }

    /// `verbosity` of chat, `text.verbosity` of responses.
    enum Verbosity: String, CaseIterable {
        case low, medium, high, xhigh, max
    }

    /// Reads `modalities` and what an image shall be like (reference: inference §2.1).
    ///
    /// - Parameters:
    ///   - type: the modalities that the API has.
    ///   - request: gets them.
    /// - Throws: ``APIError`` 400 for any other modality.
    func readModalities<Modality: CaseIterable & RawRepresentable<String>>(
        _ type: Modality.Type,
        into request: inout GenerationRequest
    ) throws(APIError) {
        let wanted = Set((try reader.choices("modalities", of: type) ?? []).map(\.rawValue))
        request.routing.needs.outputModalities = wanted
        request.wantsImage = wanted.contains("image")
        request.wantsText = wanted.contains("text") || !request.wantsImage
        request.imageAspectRatio = try reader.object("image_config")?.string("aspect_ratio")
    }

    /// Reference: inference §2.1: at most 16 pairs, keys to 64 and values to 512 characters.
    func checkMetadata() throws(APIError) {
        guard let metadata = try reader.object("metadata") else { return }
        guard metadata.value.count <= 16 else {
            throw .invalidField("metadata", expected: "at most 16 pairs", found: "\(metadata.value.count)")
        }
        for member in metadata.value.members {
            guard member.key.unicodeScalars.count <= 64 else {
                throw .invalidField("metadata", expected: "keys of at most 64 characters", found: "a longer key")
            }
            guard try metadata.string(member.key, longest: 512) != nil else {
                throw metadata.invalid(member.key, expected: "a string")
            }
        }
    }
}

extension FieldReader {
    /// `stop` of all APIs but messages: one string or up to four.
    func stopSequences() throws(APIError) -> [String] {
        let sequences = try strings("stop", acceptsOne: true) ?? []
        guard sequences.count <= 4 else {
            throw .invalidField(path(of: "stop"), expected: "at most 4 sequences", found: "\(sequences.count)")
        }
        return sequences
    }
}

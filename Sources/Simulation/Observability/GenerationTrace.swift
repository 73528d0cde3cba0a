internal import OpenRouterAPI

/// A generation as a destination is told of it: an OTLP/JSON trace export with attributes `gen_ai.*`.
///
/// Names of spans and attributes are those of traces that OpenRouter sent in 2026 (guide: broadcast, "Webhook"; public
/// receivers of such traces); what only a flag adds was never seen, and is called as in `/generation`.
struct GenerationTrace: Sendable {
    let record: GenerationRecord
    /// The name of the OpenRouter key that was used.
    let keyName: String
    /// Whose key that is.
    let creatorUserID: String
    let destination: Destination
    private let request: JSONValue?
    private let context: TraceContext

    init(_ record: GenerationRecord, keyName: String, creatorUserID: String, for destination: Destination) {
        self.record = record
        self.keyName = keyName
        self.creatorUserID = creatorUserID
        self.destination = destination
        request = record.content?.request?()
        context = TraceContext(request?["trace"])
    }

    /// The body of the request that brings it.
    var json: JSON {
        var resource = TraceAttributes()
        resource.add("service.name", "openrouter")
        resource.add("openrouter.trace.id", record.id)
        return [
            "resourceSpans": [
                [
                    "resource": ["attributes": .array(resource.json)],
                    "scopeSpans": [["scope": ["name": "openrouter"], "spans": .array([generationSpan] + childSpans)]],
                ]
            ]
        ]
    }

    /// What proves that a destination answers: no spans at all.
    static let empty: JSON = ["resourceSpans": []]
}

// MARK: - Spans

extension GenerationTrace {
    private var traceID: String { TraceID.trace(context.traceID ?? record.id) }
    private var spanID: String { TraceID.span(record.id) }

    private var generationSpan: JSON {
        span(
            context.generationName ?? "LLM Generation",
            id: spanID,
            parent: context.parentSpanID.map(TraceID.span),
            from: 0,
            until: record.generationMilliseconds,
            isFailure: record.finishReason == "error",
            generationAttributes
        )
    }

    /// One for each provider that was tried, one after the other, and one for a stream from its first token on.
    private var childSpans: [JSON] {
        var start = 0
        var spans: [JSON] = []
        for (index, attempt) in record.attempts.enumerated() {
            let isLast = index == record.attempts.count - 1
            let end = isLast ? max(start, record.generationMilliseconds) : start + attempt.latencyMilliseconds
            var attributes = TraceAttributes()
            attributes.add("span.type", "span")
            attributes.add("provider_name", attempt.provider)
            attributes.add("model_permaslug", attempt.model)
            attributes.add("http.response.status_code", attempt.status)
            attributes.add("is_byok", attempt.isBYOK)
            spans.append(
                span(
                    "provider attempt \(index + 1): \(attempt.provider)",
                    id: TraceID.span("\(record.id) attempt \(index + 1)"),
                    parent: spanID,
                    from: start,
                    until: end,
                    isFailure: attempt.status >= 400,
                    attributes
                )
            )
            start = end
        }
        guard record.isStreamed else { return spans }
        var attributes = TraceAttributes()
        attributes.add("span.type", "span")
        spans.append(
            span(
                "generation",
                id: TraceID.span("\(record.id) generation"),
                parent: spanID,
                from: min(record.latencyMilliseconds, record.generationMilliseconds),
                until: record.generationMilliseconds,
                isFailure: false,
                attributes
            )
        )
        return spans
    }

    /// One span; its times are in milliseconds since the generation began.
    private func span(
        _ name: String,
        id: String,
        parent: String?,
        from start: Int,
        until end: Int,
        isFailure: Bool,
        _ attributes: TraceAttributes
    ) -> JSON {
        var members: JSONObject = ["traceId": .string(traceID), "spanId": .string(id)]
        members.append("parentSpanId", parent.map { .string($0) })
        members.append("name", .string(name))
        // SPAN_KIND_CLIENT.
        members.append("kind", 3)
        members.append("startTimeUnixNano", nanoseconds(after: start))
        members.append("endTimeUnixNano", nanoseconds(after: end))
        members.append("attributes", .array(attributes.json))
        // STATUS_CODE_OK and STATUS_CODE_ERROR.
        members.append("status", ["code": isFailure ? 2 : 1])
        return .object(members)
    }

    private func nanoseconds(after milliseconds: Int) -> JSON {
        .string(String((record.createdAt + Int64(milliseconds) * 1000) * 1000))
    }
}

// MARK: - Attributes of the generation

extension GenerationTrace {
    private var generationAttributes: TraceAttributes {
        var attributes = TraceAttributes()
        attributes.add("trace.name", context.traceName ?? "OpenRouter Request")
        attributes.add("user.id", record.externalUser)
        attributes.add("session.id", record.sessionID)
        for (name, value) in context.metadata { attributes.add("trace.metadata.\(name)", json: value) }
        attributes.add("span.type", "generation")
        attributes.add("span.level", record.finishReason == "error" ? "ERROR" : "DEFAULT")
        addModel(to: &attributes)
        addUsage(to: &attributes)
        if !destination.hasPrivacyMode { addContent(to: &attributes) }
        addOpenRouter(to: &attributes)
        return attributes
    }

    private func addModel(to attributes: inout TraceAttributes) {
        attributes.add("gen_ai.operation.name", record.apiType.operationName)
        attributes.add("gen_ai.system", record.model.isEmpty ? nil : String(record.model.prefix { $0 != "/" }))
        attributes.add("gen_ai.provider.name", record.providerSlug ?? record.provider)
        attributes.add("gen_ai.request.model", requestedModel)
        attributes.add("gen_ai.response.model", record.model)
        attributes.add("gen_ai.response.id", record.id)
        for name in ["temperature", "top_p", "frequency_penalty", "presence_penalty"] {
            attributes.add("gen_ai.request.\(name)", request?[name]?.double)
        }
        let limits = ["max_tokens", "max_completion_tokens", "max_output_tokens"]
        attributes.add("gen_ai.request.max_tokens", limits.compactMap { request?[$0]?.int }.first)
        attributes.add("gen_ai.response.finish_reason", record.finishReason)
        attributes.add("gen_ai.response.finish_reasons", record.finishReason.map { JSON.array([.string($0)]).text })
    }

    /// As sent, without suffixes that say how to route.
    private var requestedModel: String {
        guard var model = request?["model"]?.string else { return record.model }
        var variants = DynamicVariants()
        while variants.removeLast(from: &model) {}
        return model
    }

    private func addUsage(to attributes: inout TraceAttributes) {
        let usage = record.usage
        attributes.add("gen_ai.usage.input_tokens", usage.prompt)
        attributes.add("gen_ai.usage.output_tokens", usage.completion)
        attributes.add("gen_ai.usage.total_tokens", usage.total)
        attributes.add("gen_ai.usage.input_tokens.cached", usage.cached)
        attributes.add("gen_ai.usage.input_tokens.cache_write", usage.cacheWritten)
        attributes.add("gen_ai.usage.output_tokens.reasoning", usage.reasoning)
        if record.promptCost + record.completionCost > .zero {
            attributes.add("gen_ai.usage.input_cost", record.promptCost.dollars)
            attributes.add("gen_ai.usage.output_cost", record.completionCost.dollars)
        }
        attributes.add("gen_ai.usage.total_cost", record.cost.dollars)
    }

    private func addContent(to attributes: inout TraceAttributes) {
        guard let content = record.content else { return }
        let prompt = content.prompt.withoutMedia.text
        let completion = content.told(request).text
        for name in ["trace.input", "span.input", "gen_ai.prompt"] { attributes.add(name, prompt) }
        for name in ["trace.output", "span.output", "gen_ai.completion"] { attributes.add(name, completion) }
    }

    private func addOpenRouter(to attributes: inout TraceAttributes) {
        let prefix = "trace.metadata.openrouter."
        attributes.add(prefix + "source", "openrouter")
        attributes.add(prefix + "api_key_name", keyName)
        attributes.add(prefix + "entity_id", record.accountID)
        attributes.add(prefix + "creator_user_id", creatorUserID)
        attributes.add(prefix + "user_id", record.externalUser)
        attributes.add(prefix + "provider_name", record.provider)
        attributes.add(prefix + "provider_slug", record.providerSlug)
        attributes.add(prefix + "finish_reason", record.finishReason)
        let members = record.members
        for name in addedNames { attributes.add(prefix + name, json: members[name]) }
    }

    /// Members of `/generation` that flags of the destination add.
    private var addedNames: [String] {
        var names: [String] = []
        if destination.tellsCost {
            names += [
                "usage", "total_cost", "cache_discount", "upstream_inference_cost", "is_byok", "service_tier",
                "native_tokens_prompt", "native_tokens_completion", "native_tokens_reasoning", "native_tokens_cached",
                "native_tokens_completion_images", "tokens_prompt", "tokens_completion",
            ]
        }
        if destination.tellsIdentity {
            names += [
                "id", "request_id", "upstream_id", "app_id", "origin", "http_referer", "user_agent", "workspace_id",
                "preset_id", "external_user", "session_id",
            ]
        }
        if destination.tellsRequestContext {
            names += [
                "api_type", "router", "streamed", "cancelled", "data_region", "latency", "generation_time",
                "moderation_latency", "native_finish_reason", "num_media_prompt", "num_media_completion",
                "num_input_audio_prompt", "num_search_results", "num_fetches", "web_search_engine",
                "response_cache_source_id", "provider_responses",
            ]
        }
        return names
    }
}

extension GenerationRecord.APIType {
    /// `gen_ai.operation.name` (OpenTelemetry semantic conventions for generative AI).
    fileprivate var operationName: String {
        switch self {
        case .completions: "chat"
        case .embeddings: "embeddings"
        case .rerank: "rerank"
        case .tts, .stt, .video, .image: "generate_content"
        }
    }
}

internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes

extension Operation {
    /// `GET /generation?id=`: what is known of one answer (reference: platform §3.1).
    static let getGeneration = Operation(
        "getGeneration",
        .get,
        "/generation",
        .inferenceKey,
        reads: .query([.generationID])
    ) { call throws(APIError) in
        .json(["data": .object(try call.generation().members)])
    }
}

extension GenerationRecord {
    /// Members in the order of the reference's example.
    var members: JSONObject {
        [
            "id": .string(id),
            "request_id": .string("req" + id.dropFirst(3)),
            "api_type": .string(apiType.rawValue),
            "model": .string(model),
            "provider_name": provider.json,
            "router": router.json,
            "preset_id": presetID.json,
            "session_id": sessionID.json,
            "external_user": externalUser.json,
            "workspace_id": .string(workspaceID),
            "app_id": app.map { .integer($0.id) } ?? .null,
            "origin": .string(referer.map(AppAttribution.origin) ?? ""),
            "http_referer": referer.json,
            "user_agent": userAgent.json,
            "data_region": "global",
            "streamed": .bool(isStreamed),
            "cancelled": .bool(isCancelled),
            "is_byok": .bool(isBYOK),
            "created_at": .string(CivilTime(microseconds: createdAt).iso8601),
            "latency": .integer(latencyMilliseconds),
            "generation_time": .integer(generationMilliseconds),
            "moderation_latency": .null,
            "finish_reason": finishReason.json,
            "native_finish_reason": nativeFinishReason.json,
            "tokens_prompt": .integer(usage.prompt),
            "tokens_completion": .integer(usage.completion),
            "native_tokens_prompt": .integer(usage.prompt),
            "native_tokens_completion": .integer(usage.completion),
            "native_tokens_reasoning": .integer(usage.reasoning),
            "native_tokens_cached": .integer(usage.cached),
            "native_tokens_completion_images": .integer(usage.completionImage),
            "num_media_prompt": count(usage.promptImages),
            "num_media_completion": count(usage.outputImages),
            "num_input_audio_prompt": count(usage.promptAudio),
            "num_search_results": searchResultCount.map { .integer($0) } ?? .null,
            "num_fetches": count(fetchCount),
            "web_search_engine": searchEngine.json,
            "usage": cost.json,
            "total_cost": cost.json,
            "cache_discount": cacheDiscount == .zero ? .null : cacheDiscount.json,
            "upstream_inference_cost": isBYOK ? byokCost.json : .null,
            "upstream_id": .string("upstream" + id.dropFirst(3)),
            "service_tier": .string(serviceTier),
            "response_cache_source_id": cacheSourceID.json,
            "provider_responses": .array(attempts.map(\.json)),
        ]
    }

    /// Null where there is none, as observed.
    private func count(_ number: Int) -> JSON {
        number == 0 ? .null : .integer(number)
    }
}

extension GenerationRecord.Attempt {
    fileprivate var json: JSON {
        [
            "provider_name": .string(provider),
            "model_permaslug": .string(model),
            "status": .integer(status),
            "latency": .integer(latencyMilliseconds),
            "is_byok": .bool(isBYOK),
        ]
    }
}

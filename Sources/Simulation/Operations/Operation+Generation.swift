internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes

extension Operation {
    /// `GET /generation?id=`: what is known of one answer (reference: platform §3.1).
    static let getGeneration = Operation(.get, "/generation", .key) { call throws(APIError) in
        guard let id = call.request.target.queryValue("id"), !id.isEmpty else {
            throw .invalidField("id", expected: "a generation id in the query", found: "nothing")
        }
        guard let record = call.world.generation(id: id, key: call.key) else {
            throw APIError(status: 404, message: "Generation \(id) not found")
        }
        return .json(["data": record.json])
    }
}

extension GenerationRecord {
    /// Members in the order of the reference's example.
    fileprivate var json: JSON {
        [
            "id": .string(id),
            "request_id": .string("req" + id.dropFirst(3)),
            "api_type": "completions",
            "model": .string(model),
            "provider_name": provider.json,
            "router": router.json,
            "preset_id": .null,
            "session_id": sessionID.json,
            "external_user": externalUser.json,
            "workspace_id": .null,
            "app_id": .null,
            "origin": .string(origin ?? ""),
            "http_referer": origin.json,
            "user_agent": userAgent.json,
            "data_region": "global",
            "streamed": .bool(isStreamed),
            "cancelled": .bool(isCancelled),
            "is_byok": false,
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
            "native_tokens_completion_images": 0,
            "num_media_prompt": .null,
            "num_media_completion": .null,
            "num_input_audio_prompt": .null,
            "num_search_results": .null,
            "num_fetches": .null,
            "web_search_engine": .null,
            "usage": cost.json,
            "total_cost": cost.json,
            "cache_discount": .null,
            "upstream_inference_cost": .null,
            "upstream_id": .string("upstream" + id.dropFirst(3)),
            "service_tier": "default",
            "response_cache_source_id": .null,
            "provider_responses": [
                [
                    "provider_name": provider.json,
                    "status": 200,
                    "latency": .integer(latencyMilliseconds),
                    "is_byok": false,
                ]
            ],
        ]
    }
}

extension String? {
    fileprivate var json: JSON {
        map { .string($0) } ?? .null
    }
}

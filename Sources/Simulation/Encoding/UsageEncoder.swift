internal import OpenRouterAPI

/// Writes `usage` (reference: inference §2.6, key order as on the wire).
struct UsageEncoder {
    let usage: TokenUsage
    let cost: Pricing.Cost

    var json: JSON {
        [
            "prompt_tokens": .integer(usage.prompt),
            "completion_tokens": .integer(usage.completion),
            "total_tokens": .integer(usage.total),
            "cost": cost.total.json,
            "is_byok": false,
            "prompt_tokens_details": [
                "cached_tokens": .integer(usage.cached),
                "cache_write_tokens": 0,
                "audio_tokens": 0,
                "video_tokens": 0,
            ],
            "cost_details": [
                "upstream_inference_cost": cost.total.json,
                "upstream_inference_prompt_cost": (cost.prompt + cost.request).json,
                "upstream_inference_completions_cost": cost.completion.json,
            ],
            "completion_tokens_details": [
                "reasoning_tokens": .integer(usage.reasoning),
                "image_tokens": 0,
                "audio_tokens": 0,
            ],
        ]
    }
}

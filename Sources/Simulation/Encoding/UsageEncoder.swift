internal import OpenRouterAPI

/// Writes the `usage` of every API, key order as on the wire.
///
/// All come from the same numbers, so that they differ in form alone.
struct UsageEncoder {
    let usage: TokenUsage
    let cost: Pricing.Cost
    var charges = Charges()
    /// `default`, `flex` or `priority`.
    var serviceTier = "default"
}

// MARK: - Chat and text completions

extension UsageEncoder {
    /// Schema `ChatUsage`; reference: inference §2.6.
    ///
    /// With tools that ran on OpenRouter's side the order is another one, and `is_byok` is missing.
    var chat: JSON {
        var members: JSONObject = [
            "prompt_tokens": .integer(usage.prompt),
            "completion_tokens": .integer(usage.completion),
            "total_tokens": .integer(usage.total),
            "cost": cost.total.json,
        ]
        let promptDetails: JSON = [
            "cached_tokens": .integer(usage.cached),
            "cache_write_tokens": .integer(usage.cacheWritten),
            "audio_tokens": .integer(usage.promptAudio),
            "video_tokens": .integer(usage.promptVideo),
        ]
        let completionDetails: JSON = [
            "reasoning_tokens": .integer(usage.reasoning),
            "image_tokens": .integer(usage.completionImage),
            "audio_tokens": .integer(usage.completionAudio),
        ]
        if charges.hasToolUse {
            members.append("prompt_tokens_details", promptDetails)
            members.append("completion_tokens_details", completionDetails)
            members.append("cost_details", costDetails)
            members.append("server_tool_use_details", serverToolUseDetails)
        } else {
            members.append("is_byok", .bool(cost.isBYOK))
            members.append("prompt_tokens_details", promptDetails)
            members.append("cost_details", costDetails)
            members.append("completion_tokens_details", completionDetails)
        }
        return .object(members)
    }

    /// Schema `CostDetails`.
    private var costDetails: JSON {
        [
            "upstream_inference_cost": cost.upstream.json,
            "upstream_inference_prompt_cost": cost.upstreamPrompt.json,
            "upstream_inference_completions_cost": cost.upstreamCompletion.json,
        ]
    }

    /// Schema `ServerToolUseDetails`; the provider's own search is no tool call there.
    private var serverToolUseDetails: JSON {
        var members: JSONObject = [:]
        if charges.webSearchRequests > 0 {
            members.append("web_search_requests", .integer(charges.webSearchRequests))
        }
        if charges.toolCallsRequested > 0 {
            members.append("tool_calls_requested", .integer(charges.toolCallsRequested))
            members.append("tool_calls_executed", .integer(charges.toolCallsExecuted))
        }
        return .object(members)
    }
}

// MARK: - Responses

extension UsageEncoder {
    /// Schema `Usage`; reference: inference §4.5.
    var responses: JSON {
        var inputDetails: JSONObject = ["cached_tokens": .integer(usage.cached)]
        if usage.cacheWritten > 0 {
            inputDetails.append("cache_write_tokens", .integer(usage.cacheWritten))
        }
        var members: JSONObject = [
            "input_tokens": .integer(usage.prompt),
            "input_tokens_details": .object(inputDetails),
            "output_tokens": .integer(usage.completion),
            "output_tokens_details": ["reasoning_tokens": .integer(usage.reasoning)],
            "total_tokens": .integer(usage.total),
            "cost": cost.total.json,
            "is_byok": .bool(cost.isBYOK),
            "cost_details": [
                "upstream_inference_cost": cost.upstream.json,
                "upstream_inference_input_cost": cost.upstreamPrompt.json,
                "upstream_inference_output_cost": cost.upstreamCompletion.json,
            ],
        ]
        if charges.hasToolUse { members.append("server_tool_use_details", serverToolUseDetails) }
        return .object(members)
    }
}

// MARK: - Messages

extension UsageEncoder {
    /// Schema `AnthropicUsage` and OpenRouter's cost; reference: inference §5.2.
    ///
    /// As Anthropic counts, the input leaves out what a cache took part in.
    var messages: JSON {
        var members = anthropicUsage(outputTokens: usage.completion)
        members.append("cost", cost.total.json)
        members.append("is_byok", .bool(cost.isBYOK))
        members.append("cost_details", costDetails)
        return .object(members)
    }

    /// The usage in `message_start`: one token is out, and the cost is not known; reference: inference §5.4.
    var messageStart: JSON {
        .object(anthropicUsage(outputTokens: 1))
    }

    /// The usage in `message_delta`: totals so far, without what does not change; reference: inference §5.4.
    var messageDelta: JSON {
        var members = anthropicTokens(outputTokens: usage.completion)
        members.append("output_tokens_details", .null)
        members.append("server_tool_use", anthropicToolUse)
        members.append("cost", cost.total.json)
        members.append("is_byok", .bool(cost.isBYOK))
        return .object(members)
    }

    private func anthropicUsage(outputTokens: Int) -> JSONObject {
        var members = anthropicTokens(outputTokens: outputTokens)
        members.append(
            "cache_creation",
            [
                "ephemeral_5m_input_tokens": .integer(usage.cacheWritten - usage.cacheWrittenForHour),
                "ephemeral_1h_input_tokens": .integer(usage.cacheWrittenForHour),
            ]
        )
        members.append("output_tokens_details", .null)
        members.append("server_tool_use", anthropicToolUse)
        // The base tier has another name in this API (reference: platform §1.14).
        members.append("service_tier", .string(serviceTier == "default" ? "standard" : serviceTier))
        members.append("inference_geo", .null)
        return members
    }

    private func anthropicTokens(outputTokens: Int) -> JSONObject {
        [
            "input_tokens": .integer(usage.promptPastCache),
            "output_tokens": .integer(outputTokens),
            "cache_creation_input_tokens": .integer(usage.cacheWritten),
            "cache_read_input_tokens": .integer(usage.cached),
        ]
    }

    /// Schema `AnthropicServerToolUsage`: null or both counts.
    private var anthropicToolUse: JSON {
        guard charges.webSearchRequests > 0 || charges.webFetchRequests > 0 else { return .null }
        return [
            "web_search_requests": .integer(charges.webSearchRequests),
            "web_fetch_requests": .integer(charges.webFetchRequests),
        ]
    }
}

// MARK: - Embeddings, ranks, sound and images

extension UsageEncoder {
    /// Reference: inference §6.1; no output is counted.
    ///
    /// Modalities are told apart only where there are two or more, and only those that occur.
    var embeddings: JSON {
        var members: JSONObject = [
            "prompt_tokens": .integer(usage.prompt),
            "total_tokens": .integer(usage.prompt),
            "cost": cost.total.json,
        ]
        let parts = [
            ("text_tokens", usage.promptText), ("image_tokens", usage.promptImageTokens),
            ("audio_tokens", usage.promptAudio), ("video_tokens", usage.promptVideo),
            ("file_tokens", usage.promptFileTokens),
        ].filter { $0.1 > 0 }
        if parts.count > 1 {
            members.append("prompt_tokens_details", .object(JSONObject(parts.map { ($0.0, .integer($0.1)) })))
        }
        return .object(members)
    }

    /// Reference: inference §6.2.
    var rerank: JSON {
        [
            "search_units": .integer(charges.searchUnits),
            "total_tokens": .integer(usage.total),
            "cost": cost.total.json,
        ]
    }

    /// Schema `STTUsage`; reference: inference §6.6.
    ///
    /// - Parameter seconds: of the sound.
    /// - Returns: the object.
    func transcription(seconds: Double) -> JSON {
        [
            "seconds": .number(seconds),
            "total_tokens": .integer(usage.total),
            "input_tokens": .integer(usage.prompt),
            "output_tokens": .integer(usage.completion),
            "cost": cost.total.json,
        ]
    }

    /// Schema `ImageGenerationUsage`; reference: inference §6.3.
    var images: JSON {
        [
            "prompt_tokens": .integer(usage.prompt),
            "completion_tokens": .integer(usage.completion),
            "total_tokens": .integer(usage.total),
            "cost": cost.total.json,
        ]
    }
}

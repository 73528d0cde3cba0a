internal import OpenRouterAPI

/// What a preset sets: members of the request it was made from, and that request's system prompt.
struct PresetSettings: Sendable, Codable {
    /// An object, as served in `config`.
    let configuration: JSONValue
    let systemPrompt: String?
    /// The shape of what differs from skin to skin.
    let skin: RequestSkin

    /// Keeps of a request what is configuration; what is null sets nothing.
    ///
    /// - Throws: ``APIError`` 400 for members of the response cache that are none, since no request has them.
    init(from body: JSONValue, skin: RequestSkin) throws(APIError) {
        let reader = try FieldReader(body)
        _ = try reader.bool("cache_enabled")
        _ = try reader.integer("cache_ttl_seconds", in: 1...86_400)
        let kept = body.members.filter { Self.configurable.contains($0.key) && !$0.value.isNull }
        configuration = try JSONObject(kept.map { ($0.key, JSON($0.value)) }).document()
        systemPrompt = skin.systemPrompt(of: body)
        self.skin = skin
    }

    var byteCount: Int { configuration.raw.count + (systemPrompt?.utf8.count ?? 0) }

    var tools: [ToolDeclaration] {
        configuration["tools"].map { $0.elements.map(ToolDeclaration.init) } ?? []
    }

    /// Of schemas `ChatRequest`, `MessagesRequest` and `ResponsesRequest` what configures, and not what is the
    /// conversation, its delivery or who is asking (docs, guides/features/presets, August 2026).
    private static let configurable: Set<String> = [
        "model", "models", "fallbacks", "provider", "plugins", "route", "transforms", "service_tier", "speed",
        "temperature", "top_p", "top_k", "top_a", "min_p", "frequency_penalty", "presence_penalty",
        "repetition_penalty", "seed", "logit_bias", "logprobs", "top_logprobs", "stop", "stop_sequences",
        "max_tokens", "max_completion_tokens", "max_output_tokens", "truncation", "context_management",
        "tools", "tool_choice", "parallel_tool_calls", "max_tool_calls", "stop_server_tools_when",
        "web_search_options", "response_format", "structured_outputs", "text", "output_config", "verbosity",
        "modalities", "audio", "image_config", "reasoning", "reasoning_effort", "include_reasoning", "thinking",
        "include", "prediction", "cache_control", "prompt_cache_options", "cache_enabled", "cache_ttl_seconds",
    ]
}

// MARK: - Other skins

extension PresetSettings {
    private static let tokenLimits = ["max_completion_tokens", "max_tokens", "max_output_tokens"]

    /// Members that one skin alone understands, or each in another way.
    private static let particular: Set<String> = Set(
        tokenLimits + ["tools", "tool_choice", "logprobs", "top_logprobs"]
    )

    /// The configuration as a request of this skin would say it.
    ///
    /// Members that only the original skin knows stay, as no other skin minds them.
    func members(for skin: RequestSkin) -> JSONObject {
        let members = JSON(configuration).members ?? [:]
        if skin.hasShape(of: self.skin) { return members }
        var translated = JSONObject(
            members.members.filter { !Self.particular.contains($0.key) }.map { ($0.key, $0.value) }
        )
        if let limit = Self.tokenLimits.lazy.compactMap({ configuration[$0] }).first {
            translated.append(skin == .responses ? "max_output_tokens" : "max_tokens", JSON(limit))
        }
        if configuration["tools"] != nil {
            translated.append("tools", .array(tools.compactMap { $0.json(from: self.skin, for: skin) }))
        }
        translated.append("tool_choice", configuration["tool_choice"].flatMap { toolChoice($0, for: skin) })
        return translated
    }

    private func toolChoice(_ choice: JSONValue, for skin: RequestSkin) -> JSON? {
        let word = choice.string ?? choice["type"]?.string
        if let name = (choice["function"] ?? choice)["name"]?.string, word == "function" || word == "tool" {
            return switch skin {
            case .chat, .completions: ["type": "function", "function": ["name": .string(name)]]
            case .messages: ["type": "tool", "name": .string(name)]
            case .responses: ["type": "function", "name": .string(name)]
            }
        }
        switch word {
        case "none", "auto":
            return skin == .messages ? ["type": .string(word ?? "")] : word.json
        case "required", "any":
            return skin == .messages ? ["type": "any"] : "required"
        default:
            return nil
        }
    }
}

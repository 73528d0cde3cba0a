internal import OpenRouterAPI
internal import Tapes

/// Shapes an answer as a response object (reference: inference §4.5).
struct ResponsesEncoder: SkinEncoder {
    let echo: ResponsesEcho
    private let customTools: Set<String>
    private let namespaces: [String: String]
    private let includesEncryptedReasoning: Bool
    let reasoningEnd: StreamForms.ReasoningEnd

    /// - Parameters:
    ///   - body: the request's document, already checked.
    ///   - request: what was read from it.
    ///   - reasoningEnd: when a stream ends a reasoning item.
    init(
        _ body: JSONValue,
        _ request: GenerationRequest,
        reasoningEnd: StreamForms.ReasoningEnd = .afterAnswer
    ) {
        self.reasoningEnd = reasoningEnd
        echo = ResponsesEcho(body)
        customTools = Set(request.tools.filter(\.takesText).map(\.name))
        namespaces = Self.namespaces(of: body)
        includesEncryptedReasoning =
            body["include"]?.elements.contains { $0.string == "reasoning.encrypted_content" } ?? false
    }

    private static func namespaces(of body: JSONValue) -> [String: String] {
        var namespaces: [String: String] = [:]
        for group in body["tools"]?.elements.map({ $0 }) ?? [] where group["type"]?.string == "namespace" {
            for tool in group["tools"]?.elements.map({ $0 }) ?? [] {
                if let name = tool["name"]?.string { namespaces[name] = group["name"]?.string }
            }
        }
        return namespaces
    }

    func body(of answer: GeneratedAnswer) -> JSON {
        .object(response(answer, output(of: answer)))
    }

    func output(of answer: GeneratedAnswer) -> ResponsesOutput {
        ResponsesOutput(of: answer, customTools: customTools)
    }

    func items(of answer: GeneratedAnswer) -> ResponsesItemEncoder {
        ResponsesItemEncoder(
            author: answer.identity.author,
            opaque: answer.opaque,
            includesEncryptedReasoning: includesEncryptedReasoning,
            namespaces: namespaces
        )
    }
}

// MARK: - The object

extension ResponsesEncoder {
    /// The object that tells the end.
    func response(_ answer: GeneratedAnswer, _ output: ResponsesOutput) -> JSONObject {
        let items = items(of: answer)
        let isCompleted = output.outcome == .completed
        var details: JSON = .null
        var failure: ProviderFailure?
        switch output.outcome {
        case .completed: break
        case .incomplete(let reason): details = ["reason": .string(reason)]
        case .failed(let reason): failure = reason
        }
        var response: JSONObject = [
            "id": .string(answer.identity.id),
            "object": "response",
            "created_at": .integer(answer.identity.created),
            "completed_at": isCompleted ? .integer(completionTime(of: answer)) : .null,
            "status": .string(output.outcome.status),
            "model": .string(answer.identity.model),
            "background": echo["background"] ?? false,
            "error": failure.map(\.responsesError) ?? .null,
        ]
        response.append("error_type", failure.map { .string($0.type.rawValue) })
        response.append("incomplete_details", details)
        for name in ["instructions", "max_output_tokens", "max_tool_calls"] {
            response.append(name, echo[name] ?? .null)
        }
        response.append("metadata", echo["metadata"] ?? [:])
        response.append(
            "output",
            .array(output.items.enumerated().map { items.whole($1, output.status(ofItem: $0)) })
        )
        // Empty as observed; the SDKs join the texts themselves.
        response.append("output_text", "")
        appendSettings(to: &response, answer)
        response.append("usage", failure == nil ? answer.usageEncoder.responses : .null)
        response.append("openrouter_metadata", answer.routerMetadata(beside: failure))
        return response
    }

    /// OpenAI's own values where the request says nothing; null for providers whose API is emulated.
    private func appendSettings(to response: inout JSONObject, _ answer: GeneratedAnswer) {
        let isNative = answer.identity.author == "openai"
        func append(_ name: String, native: JSON) {
            response.append(name, echo[name] ?? (isNative ? native : .null))
        }
        response.append("parallel_tool_calls", echo["parallel_tool_calls"] ?? true)
        append("presence_penalty", native: 0)
        append("frequency_penalty", native: 0)
        response.append("previous_response_id", .null)
        append("prompt_cache_key", native: .null)
        response.append("reasoning", echo.reasoning(isNative: isNative))
        append("safety_identifier", native: .null)
        response.append("service_tier", .string(answer.serviceTier))
        response.append("store", false)
        append("temperature", native: 1)
        response.append("text", echo.text)
        response.append("tool_choice", echo["tool_choice"] ?? "auto")
        response.append("tools", echo["tools"] ?? [])
        response.append("top_logprobs", echo["top_logprobs"] ?? 0)
        append("top_p", native: 1)
        append("truncation", native: "disabled")
    }

    /// Unix seconds.
    private func completionTime(of answer: GeneratedAnswer) -> Int {
        answer.identity.created + Int(answer.duration.components.seconds)
    }

    /// The members of an object that tells a beginning, in the order observed (reference: inference §4.8), and three
    /// that the schema requires since.
    private static let membersAtStart = [
        "object", "id", "created_at", "completed_at", "status", "error", "output_text", "output", "model",
        "incomplete_details", "max_tool_calls", "tools", "tool_choice", "parallel_tool_calls", "max_output_tokens",
        "temperature", "top_p", "presence_penalty", "frequency_penalty", "metadata", "background",
        "previous_response_id", "service_tier", "truncation", "store", "instructions", "reasoning",
        "safety_identifier", "prompt_cache_key",
    ]

    /// The object that tells the beginning of a stream.
    func responseAtStart(_ answer: GeneratedAnswer) -> JSON {
        var known: JSONObject = [
            "object": "response",
            "id": .string(answer.identity.id),
            "created_at": .integer(answer.identity.created),
            "status": "in_progress",
            "output_text": "",
            "output": [],
            "model": .string(answer.identity.model),
            "metadata": echo["metadata"] ?? [:],
            "background": echo["background"] ?? false,
        ]
        appendSettings(to: &known, answer)
        known["service_tier"] = echo["service_tier"] ?? "auto"
        var response: JSONObject = [:]
        for name in Self.membersAtStart { response.append(name, known[name] ?? echo[name] ?? .null) }
        response.append("user", echo["user"] ?? .null)
        return .object(response)
    }
}

extension ProviderFailure {
    /// `error` of a failed response (reference: inference §4.5).
    fileprivate var responsesError: JSON {
        ["code": .string(type.responsesCode), "message": .string(inAnswer.message)]
    }
}

internal import OpenRouterAPI

/// Why a recorded answer ended, in OpenRouter's words and in the provider's.
struct RecordedFinish {
    var reason: String?
    var nativeReason: String?

    /// - Parameters:
    ///   - documents: the body, or the events.
    ///   - bodies: these, and what they carry in a member.
    init(_ documents: [JSONValue], _ bodies: [JSONValue]) {
        let choice = documents.compactMap { $0["choices"]?[0] }.last { $0["finish_reason"]?.string != nil }
        if let choice {
            reason = choice["finish_reason"]?.string
            nativeReason = choice["native_finish_reason"]?.string
            return
        }
        let stops =
            documents.compactMap { $0["delta"]?["stop_reason"]?.string }
            + bodies.compactMap { $0["stop_reason"]?.string }
        if let stop = stops.first {
            reason = Self.reason(ofStop: stop)
            nativeReason = stop
            return
        }
        guard let response = bodies.last(where: { $0["object"]?.string == "response" }) else { return }
        nativeReason = response["status"]?.string
        reason =
            switch nativeReason {
            case "completed": response.hasFunctionCall ? "tool_calls" : "stop"
            case "incomplete": "length"
            case "failed": "error"
            default: nil
            }
    }

    /// Reference: inference §5.2, stop reasons of `/messages`.
    private static func reason(ofStop stop: String) -> String {
        switch stop {
        case "tool_use": "tool_calls"
        case "max_tokens", "model_context_window_exceeded": "length"
        case "refusal": "content_filter"
        default: "stop"
        }
    }
}

extension JSONValue {
    /// Whether a response object calls a function.
    fileprivate var hasFunctionCall: Bool {
        self["output"]?.elements.contains { $0["type"]?.string == "function_call" } ?? false
    }
}

internal import OpenRouterAPI

/// Why a message ended, in Anthropic's words (reference: inference §5.2).
///
/// All nil while it goes on.
struct MessagesStop {
    var reason: String?
    var sequence: String?
    var details: JSONObject?
}

extension MessagesStop {
    init(_ generation: Generation) {
        let refusal = generation.refusal
        switch generation.finishReason {
        case .contentFilter: reason = "refusal"
        case _ where refusal != nil: reason = "refusal"
        case .stop: reason = generation.stopSequence == nil ? "end_turn" : "stop_sequence"
        case .length: reason = "max_tokens"
        case .toolCalls: reason = "tool_use"
        case .error: reason = nil
        }
        if reason == "stop_sequence" { sequence = generation.stopSequence }
        if reason == "refusal" { details = ["type": "refusal", "category": .null, "explanation": refusal.json] }
    }

    /// The members in the order of the message.
    var members: JSONObject {
        [
            "stop_reason": reason.json,
            "stop_sequence": sequence.json,
            "stop_details": details.map { .object($0) } ?? .null,
        ]
    }
}

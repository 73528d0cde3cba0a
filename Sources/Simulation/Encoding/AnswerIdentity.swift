internal import OpenRouterAPI

/// What every part of one answer repeats.
package struct AnswerIdentity: Sendable, Hashable {
    /// `gen-<unix seconds>-<20 alphanumerics>`.
    package var id: String
    /// Unix seconds.
    package var created: Int
    package var model: String
    /// Display name.
    package var provider: String
    /// Decides the wording of native finish reasons and the form of reasoning details.
    package var author: String

    /// The members as they begin each JSON object of the answer, in the order observed since March 2026.
    func members(object: String) -> JSONObject {
        [
            "id": .string(id),
            "object": .string(object),
            "created": .integer(created),
            "model": .string(model),
            "provider": .string(provider),
        ]
    }

    /// The provider's own word for why it stopped (reference: inference §2.5, `native_finish_reason`).
    ///
    /// - Returns: nil when it did not stop but fail.
    func nativeFinishReason(_ reason: FinishReason) -> String? {
        switch (author, reason) {
        case (_, .error): nil
        case ("openai", .stop), ("openai", .toolCalls): "completed"
        case ("openai", .length): "max_output_tokens"
        case ("anthropic", .stop): "end_turn"
        case ("anthropic", .length): "max_tokens"
        case ("anthropic", .toolCalls): "tool_use"
        case ("anthropic", .contentFilter): "refusal"
        case ("google", .stop), ("google", .toolCalls): "STOP"
        case ("google", .length): "MAX_TOKENS"
        case ("google", .contentFilter): "SAFETY"
        default: reason.rawValue
        }
    }
}

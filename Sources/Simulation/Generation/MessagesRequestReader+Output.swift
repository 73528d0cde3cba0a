internal import OpenRouterAPI

/// What is said about thinking, effort, format and context.
extension MessagesRequestReader {
    private enum Thinking: String, CaseIterable {
        case enabled, disabled, adaptive
    }

    private enum Display: String, CaseIterable {
        case summarized, omitted
    }

    private enum Effort: String, CaseIterable {
        case low, medium, high, xhigh, max

        var fields: ReasoningFields.Effort {
            switch self {
            case .low: .low
            case .medium: .medium
            case .high: .high
            case .xhigh: .xhigh
            case .max: .max
            }
        }
    }

    /// Whether thinking blocks come with a signature and without their text (`thinking.display`).
    func omitsThinking() throws(APIError) -> Bool {
        try reader.object("thinking")?.choice("display", of: Display.self) == .omitted
    }

    func readOutput(into request: inout GenerationRequest) throws(APIError) {
        let config = try reader.object("output_config")
        let effort = try config?.choice("effort", of: Effort.self)
        if let budget = try config?.object("task_budget") {
            guard try budget.string("type") == "tokens" else {
                throw budget.invalid("type", expected: "\"tokens\"")
            }
            guard try budget.integer("total", in: 20_000...Int.max) != nil else {
                throw budget.invalid("total", expected: "an integer of at least 20000")
            }
            _ = try budget.integer("remaining", in: 0...Int.max)
        }
        if let format = try config?.object("format") {
            guard try format.string("type") == "json_schema" else {
                throw format.invalid("type", expected: "\"json_schema\"")
            }
            request.set(responseFormat: .jsonSchema(try format.requiredObject("schema").value))
        }
        try readThinking(effort ?? .high, into: &request)
    }

    /// How much is thought is decided by a budget or by the effort, whose default is `high` with Anthropic.
    private func readThinking(_ effort: Effort, into request: inout GenerationRequest) throws(APIError) {
        guard let thinking = try reader.object("thinking") else { return }
        _ = try omitsThinking()
        switch try thinking.requiredChoice("type", of: Thinking.self) {
        case .disabled:
            return
        case .enabled:
            guard let budget = try thinking.integer("budget_tokens", in: 1024...Int.max) else {
                throw thinking.invalid("budget_tokens", expected: "an integer of at least 1024")
            }
            if let limit = request.tokenLimit, budget >= limit {
                throw thinking.invalid("budget_tokens", expected: "less than max_tokens, \(limit)")
            }
            request.reasoning = GenerationRequest.Reasoning(isExcluded: false, tokenLimit: budget)
        case .adaptive:
            request.reasoning = ReasoningFields.reasoning(
                effort.fields,
                maximum: nil,
                tokenLimit: request.tokenLimit,
                isExcluded: false
            )
        }
        request.routing.needs.parameters.insert("reasoning")
    }

    private enum ContextEdit: String, CaseIterable {
        case clearToolUses = "clear_tool_uses_20250919"
        case clearThinking = "clear_thinking_20251015"
        case compact = "compact_20260112"
    }

    /// Context is never edited: no simulated conversation comes near the thresholds.
    func checkContextManagement() throws(APIError) {
        guard let edits = try reader.object("context_management")?.array("edits") else { return }
        for (index, value) in edits.elements.enumerated() {
            _ = try FieldReader(value, path: "context_management.edits[\(index)]")
                .requiredChoice("type", of: ContextEdit.self)
        }
    }
}

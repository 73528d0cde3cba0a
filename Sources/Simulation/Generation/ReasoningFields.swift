internal import OpenRouterAPI

/// Reads what a request says about reasoning (reference: inference §2.1; reasoning tokens guide).
struct ReasoningFields {
    enum Effort: String, CaseIterable {
        case max, xhigh, high, medium, low, minimal, none

        /// Share of the token limit that may be thought.
        var budgetShare: Double {
            switch self {
            case .max, .xhigh: 0.95
            case .high: 0.8
            case .medium: 0.5
            case .low: 0.2
            case .minimal: 0.1
            case .none: 0
            }
        }
    }

    private enum Summary: String, CaseIterable {
        case auto, concise, detailed
    }

    let reader: FieldReader

    /// - Parameter tokenLimit: of the whole answer; shares of it are the budget.
    /// - Returns: nil when nobody asked for reasoning.
    /// - Throws: ``APIError`` 400 that names the field.
    func reasoning(tokenLimit: Int?) throws(APIError) -> GenerationRequest.Reasoning? {
        let object = try reader.object("reasoning")
        let effort = try object?.choice("effort", of: Effort.self)
        let shorthand = try reader.choice("reasoning_effort", of: Effort.self)
        if let effort, let shorthand, effort != shorthand {
            throw reader.invalid("reasoning_effort", expected: "the same as reasoning.effort, \(effort.rawValue)")
        }
        let isIncluded = try reader.bool("include_reasoning")
        let isExcluded = try object?.bool("exclude")
        let maximum = try object?.integer("max_tokens", in: 1...Int.max)
        let isEnabled = try object?.bool("enabled")
        _ = try object?.choice("summary", of: Summary.self)
        guard object != nil || shorthand != nil || isIncluded == true else { return nil }
        let chosen = effort ?? shorthand
        guard isEnabled != false, chosen != Effort.none else { return nil }
        return Self.reasoning(
            chosen ?? .medium,
            maximum: maximum,
            tokenLimit: tokenLimit,
            isExcluded: isExcluded ?? (isIncluded == false)
        )
    }

    static func reasoning(
        _ effort: Effort,
        maximum: Int?,
        tokenLimit: Int?,
        isExcluded: Bool
    ) -> GenerationRequest.Reasoning {
        let byEffort = tokenLimit.map { max(1, Int(Double($0) * effort.budgetShare)) }
        return GenerationRequest.Reasoning(isExcluded: isExcluded, tokenLimit: maximum ?? byEffort)
    }
}

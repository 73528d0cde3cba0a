/// The tiers of the router `openrouter/pareto-code`, and what is in them.
///
/// OpenRouter ranks models by benchmarks that change every few weeks (guide: pareto-router); the scores here are our
/// own, plausible and fixed.
enum CodingTier: CaseIterable {
    case high, medium, low

    /// Bounds as documented.
    init(minimumScore: Double) {
        self = minimumScore >= 0.66 ? .high : minimumScore >= 0.33 ? .medium : .low
    }

    var leastScore: Double {
        switch self {
        case .high: 0.66
        case .medium: 0.33
        case .low: 0
        }
    }

    /// Ids and scores, best first.
    static let shortlist: [(id: String, score: Double)] = [
        ("anthropic/claude-opus-4.7", 0.97), ("openai/gpt-5.5", 0.96), ("google/gemini-3.1-pro-preview", 0.9),
        ("anthropic/claude-opus-4.6", 0.88), ("openai/gpt-5.4", 0.86), ("anthropic/claude-sonnet-4.6", 0.8),
        ("moonshotai/kimi-k2.6", 0.74), ("deepseek/deepseek-v4-pro", 0.7), ("z-ai/glm-5.1", 0.62),
        ("openai/gpt-5.2", 0.6), ("anthropic/claude-sonnet-4.5", 0.57), ("google/gemini-3-flash-preview", 0.55),
        ("minimax/minimax-m2.5", 0.5), ("openai/gpt-5.1", 0.48), ("deepseek/deepseek-v3.2", 0.42),
        ("qwen/qwen3-coder", 0.38), ("z-ai/glm-4.6", 0.35), ("openai/gpt-5-mini", 0.3),
        ("anthropic/claude-haiku-4.5", 0.28), ("deepseek/deepseek-v4-flash", 0.25), ("openai/gpt-oss-120b", 0.2),
        ("mistralai/codestral-2508", 0.15),
    ]

    func contains(score: Double) -> Bool {
        CodingTier(minimumScore: score) == self
    }
}

internal import OpenRouterAPI
internal import Tapes

extension SyntheticModel {
    /// Models that request bodies are made for; OpenRouter takes them from the prompt.
    private static let requestModels = ["openai/gpt-5-mini", "anthropic/claude-haiku-4.5", "google/gemini-2.5-flash"]

    /// What `openrouter/bodybuilder` makes of prose: bodies of chat requests (reference: platform §1.3).
    func requestBodies(for request: GenerationRequest, using generator: inout SeededGenerator) -> JSON {
        let models = Self.requestModels.prefix(generator.integer(in: 1...Self.requestModels.count))
        let bodies = models.map { model -> JSON in
            ["model": .string(model), "messages": [["role": "user", "content": .string(request.prompt)]]]
        }
        return ["requests": .array(bodies)]
    }
}

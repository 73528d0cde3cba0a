internal import OpenRouterAPI

@testable internal import Simulation

extension GeneratedAnswer {
    /// An answer of the made-up provider Acme, one choice a generation.
    static func make(
        _ generations: [Generation],
        author: String = "acme",
        opaque: String = "opaque",
        keepAliveCount: Int = 0,
        routerMetadata: JSON? = nil
    ) -> GeneratedAnswer {
        GeneratedAnswer(
            identity: AnswerIdentity(
                id: "gen-1-a",
                created: 1,
                model: "acme/swift-2",
                provider: "Acme",
                author: author
            ),
            generations: generations,
            usage: generations.first?.usage ?? TokenUsage(prompt: 1, completion: 2),
            charges: Charges(),
            cost: Pricing.Cost(),
            pace: Pace(untilFirstToken: .seconds(1), betweenTokens: .milliseconds(10)),
            playedPace: Pace(untilFirstToken: .seconds(1), betweenTokens: .milliseconds(10)),
            opaque: opaque,
            keepAliveCount: keepAliveCount,
            routerMetadata: routerMetadata
        )
    }
}

extension Generation {
    static func make(
        _ steps: [GenerationStep],
        _ reason: FinishReason = .stop,
        usage: TokenUsage = TokenUsage(prompt: 1, completion: 2)
    ) -> Generation {
        Generation(steps: steps, finishReason: reason, usage: usage)
    }
}

extension GenerationRequest {
    static func make(prompt: String = "Hello", model: String = "openai/gpt-4o-mini") -> GenerationRequest {
        var reader = PromptReader()
        reader.read(prompt: prompt)
        let routing = RoutingRequest(models: [model], purpose: .conversation, now: 0)
        return GenerationRequest(routing: routing, prompt: reader)
    }
}

internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes

/// What all inference operations do: credits, route, model, booking; the encoder is the caller's.
struct Inference {
    /// An answer ready to be encoded.
    struct Answer {
        var identity: AnswerIdentity
        var generations: [Generation]
        var usage: TokenUsage
        var cost: Pricing.Cost
        var pace: Pace
        /// Stands for signatures and ciphertext of the provider.
        var opaque: String
    }

    let call: Call
    let body: JSONValue
    let request: GenerationRequest

    /// - Throws: ``APIError`` 402, 400 or 404 before anything is generated.
    func answer(_ encode: (Answer) -> OperationAnswer) throws(APIError) -> OperationAnswer {
        if let account = call.account, account.ledger.total >= account.credits { throw .insufficientCredits }
        let digest = call.contentDigest(of: body)
        var digestGenerator = SeededGenerator(seed: digest)
        var contentGenerator = digestGenerator.branch(mixing: "seed \(call.world.seed)")
        var routeGenerator = contentGenerator.branch(mixing: "route")
        var routing = RoutingRequest(
            models: request.model.map { [$0] } ?? [],
            purpose: .conversation,
            now: call.world.now
        )
        routing.promptTokenCount = request.promptTokenCount
        routing.tokenLimit = request.tokenLimit
        let plan = try Router(catalog: call.catalog).plan(for: routing, using: &routeGenerator)
        let route = plan.candidates[0]
        var callGenerator = call.world.generator(forRequestDigest: digest)

        let model = SyntheticModel(providerSlug: route.endpoint.provider.slug)
        let generations = model.generations(for: request, using: &contentGenerator)
        let usage = TokenUsage(
            prompt: request.promptTokenCount,
            completion: generations.reduce(0) { $0 + $1.usage.completion },
            reasoning: generations.reduce(0) { $0 + $1.usage.reasoning }
        )
        let created = Int(call.world.now / 1_000_000)
        let answer = Answer(
            identity: AnswerIdentity(
                id: "gen-\(created)-\(callGenerator.alphanumeric(20))",
                created: created,
                model: route.servedModel,
                provider: route.endpoint.provider.name,
                author: route.model.author
            ),
            generations: generations,
            usage: usage,
            cost: route.endpoint.pricing.cost(of: usage, at: CivilTime(microseconds: call.world.now)),
            pace: Pace(route.endpoint),
            opaque: callGenerator.alphanumeric(64)
        )
        book(answer, route)
        var encoded = encode(answer)
        encoded.generationID = answer.identity.id
        encoded.model = answer.identity.model
        encoded.fields[.xGenerationID] = answer.identity.id
        encoded.fields[.xProviderName] = answer.identity.provider
        return encoded
    }

    private func book(_ answer: Answer, _ route: RouteCandidate) {
        let reason = answer.generations.first?.finishReason ?? .stop
        let tokenTime = answer.pace.betweenTokens * answer.usage.completion
        call.world.book(
            GenerationRecord(
                id: answer.identity.id,
                key: call.key,
                createdAt: call.world.now,
                model: answer.identity.model,
                provider: answer.identity.provider,
                router: route.router,
                origin: call.request.fields[.referer] ?? call.request.fields[.httpReferer],
                userAgent: call.request.fields[.userAgent],
                externalUser: request.user,
                sessionID: request.sessionID,
                isStreamed: request.isStreamed,
                finishReason: reason.rawValue,
                nativeFinishReason: answer.identity.nativeFinishReason(reason),
                usage: answer.usage,
                cost: answer.cost.total,
                latencyMilliseconds: Int(answer.pace.untilFirstToken.microseconds / 1000),
                generationMilliseconds: Int((answer.pace.untilFirstToken + tokenTime).microseconds / 1000)
            )
        )
    }
}

internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes

/// What all operations do that call a model without a conversation, for vectors, pictures, sound: credits, cache,
/// route, providers, booking; what is made is the caller's.
struct ModelCall {
    let call: Call
    /// What counts in the request: equal digests give equal answers.
    let digest: [UInt8]
    let routing: RoutingRequest
    let apiType: GenerationRecord.APIType
    /// Of the typed ids of media, such as `img`; nil for the usual form.
    var idKind: String?
    var user: String?
    var cached: CachedCall?

    /// Who serves the call, and what the answer is made from.
    struct Served {
        let candidate: RouteCandidate
        let identity: AnswerIdentity
        /// Seeded by the world's seed and what counts in the request.
        var generator: SeededGenerator
        /// Seeded by this call, which no other call repeats.
        var callGenerator: SeededGenerator
    }

    /// Where a call has gone.
    struct Routed {
        var served: Served
        let ids: GenerationIDs
        let plan: RoutePlan
        let turns: ProviderTurns
        /// What the provider gave for an answer; nil when it serves the call.
        let failure: ProviderFailure?
    }

    /// What was made, before its price is known.
    struct Made: Sendable {
        var usage: TokenUsage
        var charges = Charges()
        var isStreamed = false
        /// Puts the answer together, once the usage is priced; called again for a cached answer, with nothing counted.
        var answer: @Sendable (AnswerIdentity, UsageEncoder) -> OperationAnswer
    }

    /// - Parameter make: makes the answer's content; called once a provider has taken the request.
    /// - Returns: the answer with its price, booked.
    /// - Throws: ``APIError`` 402, 400 or 404 before anything is made, and the last provider's failure.
    func answer(_ make: (inout Served) throws(APIError) -> Made) throws(APIError) -> OperationAnswer {
        try call.checkSpending(drawing: apiType == .image)
        if let hit = cached?.hit() { return hit }
        var routed = try route()
        if let failure = routed.failure { return failed(failure, routed) }
        let made = try make(&routed.served)
        return priced(made, routed.served, routed.turns)
    }

    /// Finds the provider that takes the request.
    ///
    /// - Returns: who serves the call, or the failure that a provider gave for an answer.
    /// - Throws: ``APIError`` 400 or 404 when there is none, and the last one's failure when all fail.
    func route() throws(APIError) -> Routed {
        var digestGenerator = SeededGenerator(seed: digest)
        var generator = digestGenerator.branch(mixing: "seed \(call.world.seed)")
        var callGenerator = call.world.generator(forRequestDigest: digest)
        let ids = GenerationIDs(call, kind: idKind, using: &callGenerator)
        let plan = try call.route(routing, ids, using: &generator)
        var turns = ProviderTurns(call.attempts, in: call.world)
        let candidate: RouteCandidate
        var failure: ProviderFailure?
        switch turns.take(plan.candidates, synthetic: { _ in }) {
        case .answered(let answering, _): candidate = answering
        case .failedInBody(let failing, let inBody):
            candidate = failing
            failure = inBody
        case .exhausted: throw turns.failure(plan, requested: routing.models, ids)
        }
        let served = Served(
            candidate: candidate,
            identity: AnswerIdentity(ids, candidate),
            generator: generator,
            callGenerator: callGenerator
        )
        return Routed(served: served, ids: ids, plan: plan, turns: turns, failure: failure)
    }

    /// What is known of the answer before its price.
    func record(of served: Served, _ turns: ProviderTurns) -> GenerationRecord {
        var record = GenerationRecord(call, id: served.identity.id)
        record.apiType = apiType
        record.model = served.identity.model
        record.provider = served.identity.provider
        record.note(served.candidate)
        record.externalUser = user
        record.latencyMilliseconds = Int(served.candidate.endpoint.latency.microseconds / 1000)
        record.generationMilliseconds = record.latencyMilliseconds
        record.attempts = turns.records
        return record
    }

    /// A failure that is told with status 200: it costs nothing.
    private func failed(_ failure: ProviderFailure, _ routed: Routed) -> OperationAnswer {
        var record = record(of: routed.served, routed.turns)
        record.finishReason = FinishReason.error.rawValue
        record.content = GenerationContent(input: nil, completion: nil, failure: failure)
        call.book(record)
        return .failure(routed.turns.told(failure.inAnswer, routed.plan, routed.ids), call)
    }

    private func priced(_ made: Made, _ served: Served, _ turns: ProviderTurns) -> OperationAnswer {
        let time = CivilTime(microseconds: call.world.now)
        let price = served.candidate.pricing.cost(of: made.usage, charges: made.charges, at: time)
        let cost = call.billed(price, to: served.candidate)
        var record = record(of: served, turns)
        record.isStreamed = made.isStreamed
        record.usage = made.usage
        record.charge(cost, made.charges)
        call.book(record)
        let usage = UsageEncoder(usage: made.usage, cost: cost, charges: made.charges)
        let answer = made.answer(served.identity, usage).identified(as: served.identity)
        return cached?.stored(answer, record) { ids in
            var identity = served.identity
            identity.id = ids.generation
            identity.created = ids.created
            let nothing = UsageEncoder(usage: TokenUsage(prompt: 0, completion: 0), cost: Pricing.Cost())
            return made.answer(identity, nothing).identified(as: identity)
        } ?? answer
    }
}

extension AnswerIdentity {
    init(_ ids: GenerationIDs, _ candidate: RouteCandidate) {
        self.init(
            id: ids.generation,
            created: ids.created,
            model: candidate.servedModel,
            provider: candidate.endpoint.provider.name,
            author: candidate.model.author
        )
    }
}

extension OperationAnswer {
    /// The answer with the header fields of a generation.
    func identified(as identity: AnswerIdentity) -> OperationAnswer {
        var answer = self
        answer.generationID = identity.id
        answer.model = identity.model
        answer.fields.append(HTTPField(name: .xGenerationID, value: identity.id))
        answer.fields.append(HTTPField(name: .xProviderName, value: identity.provider))
        return answer
    }
}

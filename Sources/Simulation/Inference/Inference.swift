internal import OpenRouterAPI
internal import Tapes

/// What all conversational operations do: credits, cache, route, providers, booking; the encoder is the caller's.
///
/// A class, so that all who work at an answer share the request, which is large.
final class Inference: Sendable {
    let call: Call
    let body: JSONValue
    let request: GenerationRequest
    let encoder: any SkinEncoder
    private let keepsResponses: Bool
    private let screening: ContentScreening?

    /// - Parameters:
    ///   - call: whom it is for.
    ///   - body: what was sent, as it counts.
    ///   - request: what was read of it.
    ///   - encoder: of the API that was asked.
    ///   - keepsResponses: whether the response cache is there for it.
    init(
        call: Call,
        body: InferenceBody,
        request: consuming GenerationRequest,
        encoder: any SkinEncoder,
        keepsResponses: Bool = true
    ) {
        self.call = call
        self.body = body.value
        self.encoder = encoder
        self.keepsResponses = keepsResponses
        screening = body.screening
        request.addHeader(call.fields)
        request.presetID = body.preset?.id
        request.presetCache = body.presetCache
        request.routing.requested = body.presetModel
        request.guardrailStages = body.screening?.stages ?? []
        self.request = request
    }

    /// The same, after the router has found that the web is to be searched.
    private init(searchingWebFor inference: Inference) {
        (call, body, encoder) = (inference.call, inference.body, inference.encoder)
        (keepsResponses, screening) = (inference.keepsResponses, inference.screening)
        var request = inference.request
        request.plugins.web = WebSearchOptions()
        self.request = request
    }

    /// - Throws: ``APIError`` 402, 403, 400 or 404 before anything is generated, and the last provider's failure when
    ///   none has answered.
    func answer() throws(APIError) -> OperationAnswer {
        try call.checkSpending(drawing: request.routing.needs.outputModalities.contains("image"))
        if let refusal = screening?.refusal { throw try told(refusal) }
        let cached = keepsResponses ? CachedCall(call, body, preset: request.presetCache) : nil
        if let hit = cached?.hit() { return hit }

        let digest = call.contentDigest(of: body)
        var digestGenerator = SeededGenerator(seed: digest)
        let contentGenerator = digestGenerator.branch(mixing: "seed \(call.world.seed)")
        var callGenerator = call.world.generator(forRequestDigest: digest)
        let ids = GenerationIDs(call, using: &callGenerator)
        let plan = try plan(ids, using: contentGenerator)
        try checkAffordability(plan)
        let inference =
            plan.attachesWebPlugin && request.plugins.web == nil ? Inference(searchingWebFor: self) : self
        return try inference.answer(plan, ids, cached, using: contentGenerator)
    }

    /// Asks the providers of a plan.
    private func answer(
        _ plan: RoutePlan,
        _ ids: GenerationIDs,
        _ cached: CachedCall?,
        using contentGenerator: SeededGenerator
    ) throws(APIError) -> OperationAnswer {
        var turns = ProviderTurns(call.attempts, in: call.world)
        let result = turns.take(plan.candidates) { candidate in
            var generator = contentGenerator
            return SyntheticModel(ModelHost(candidate, now: call.world.now))
                .generations(for: request, using: &generator)
        } scripted: { turn in
            [Generation(turn, for: self.request)]
        }
        switch result {
        case .answered(let candidate, var generations):
            if !turns.silence.isEmpty, !generations.isEmpty {
                generations[0].steps.insert(contentsOf: turns.silence, at: 0)
            }
            let draft = AnswerDraft(inference: self, plan: plan, turns: turns, ids: ids)
            let answer = draft.answer(generations, of: candidate)
            let record = draft.record(of: answer, candidate)
            call.book(record)
            call.world.remember(candidate, forSession: request.sessionKey)
            if let failure = answer.generation.failure, !request.isStreamed, !encoder.tellsFailureInBody {
                throw turns.told(failure.inAnswer, plan, ids, pipeline: request.pipeline)
            }
            let encoded = encode(answer)
            // A stream that failed would fail again for whoever asks the same.
            if answer.generations.contains(where: { $0.failure != nil }) { return encoded }
            return cached?.stored(encoded, record) { self.encode(answer.again($0)) } ?? encoded
        case .failedInBody(let candidate, let failure):
            let failed = Generation(steps: [.failure(failure)], finishReason: .error, usage: request.promptTokens.usage)
            let draft = AnswerDraft(inference: self, plan: plan, turns: turns, ids: ids)
            call.book(draft.record(of: draft.answer([failed], of: candidate), candidate))
            return .failure(turns.told(failure.inAnswer, plan, ids, pipeline: request.pipeline), call)
        case .exhausted:
            throw turns.failure(plan, requested: request.routing.models, ids, pipeline: request.pipeline)
        }
    }

    /// A refusal by a guardrail, with the way that the request would have gone.
    ///
    /// - Throws: ``APIError`` 400 for a model that there is not, which is found out before (reference: inference §8).
    private func told(_ refusal: APIError) throws(APIError) -> APIError {
        var error = refusal
        do throws(APIError) {
            var generator = SeededGenerator(seed: call.contentDigest(of: body))
            let plan = try call.plan(routing, using: &generator)
            error.routerMetadata = RouterMetadata.json(refused: plan, pipeline: request.guardrailStages)
        } catch {
            guard error.status != 400 || error.availability == nil else { throw error }
            return refusal
        }
        return error
    }

    private func plan(_ ids: GenerationIDs, using generator: SeededGenerator) throws(APIError) -> RoutePlan {
        var generator = generator
        return try call.route(routing, ids, using: &generator)
    }

    private var routing: RoutingRequest {
        var routing = request.routing
        routing.tokenLimit = request.tokenLimit
        routing.stickyEndpoint = call.world.stickyEndpoint(forSession: request.sessionKey)
        return routing
    }

    /// Models state limits beyond what any account holds; only a limit that the request names is checked, and none
    /// where the account pays the provider itself.
    private func checkAffordability(_ plan: RoutePlan) throws(APIError) {
        guard let limit = request.tokenLimit, let first = plan.candidates.first, !first.isBYOK else { return }
        try call.checkAffordability(promptTokens: request.promptTokens.count, first.pricing, limit: limit)
    }

    func encode(_ answer: GeneratedAnswer) -> OperationAnswer {
        let generation = answer.generation
        var encoded: OperationAnswer
        if request.isStreamed {
            encoded = .eventStream(encoder.frames(of: answer))
        } else {
            encoded = .json(encoder.body(of: answer))
            encoded.delay = generation.scriptedPause + call.settings.timing.apply(to: answer.duration)
        }
        if let cut = generation.cut { encoded.cut(cut, isStreamed: request.isStreamed) }
        return encoded.identified(as: answer.identity)
    }
}

extension GenerationRequest {
    /// The session that sticks to an endpoint (reference: platform §1.6).
    fileprivate var sessionKey: String? { sessionID ?? promptCacheKey }

    /// Adds what header fields say where the body says nothing (reference: inference §1.3).
    fileprivate mutating func addHeader(_ fields: KnownFields) {
        if sessionID == nil { sessionID = fields.sessionID.map { String($0.prefix(256)) } }
    }
}

internal import OpenRouterAPI
internal import Tapes

/// The providers' turns at one request, one after the other, until one answers (reference: platform §1.4, §1.6).
struct ProviderTurns {
    /// A turn that was taken.
    struct Turn {
        var candidate: RouteCandidate
        /// Nil for the provider that answered.
        var failure: ProviderFailure?

        var status: Int { failure?.status ?? 200 }
    }

    /// How it ended.
    enum Result<Value> {
        case answered(RouteCandidate, Value)
        case failedInBody(RouteCandidate, ProviderFailure)
        case exhausted
    }

    let attempts: any ProviderAttempts
    let world: World
    private(set) var turns: [Turn] = []
    /// What the client hears while providers fail: comments and pauses.
    private(set) var silence: [GenerationStep] = []

    init(_ attempts: any ProviderAttempts, in world: World) {
        self.attempts = attempts
        self.world = world
    }

    /// - Parameters:
    ///   - candidates: in the order of trial.
    ///   - synthetic: what a provider answers by itself.
    ///   - scripted: what it answers by a script; nil for the same as `synthetic`.
    /// - Returns: what the first provider that did not fail answers.
    mutating func take<Value>(
        _ candidates: [RouteCandidate],
        synthetic: (RouteCandidate) -> Value,
        scripted: ((ScriptedTurn) -> Value)? = nil
    ) -> Result<Value> {
        var refused: Set<String> = []
        for (index, candidate) in candidates.enumerated() where !refused.contains(candidate.model.id) {
            let attempt = ProviderAttempt(
                model: candidate.model,
                endpoint: candidate.endpoint,
                position: attempts.readsPositions ? position(of: index, in: candidates) : .init(turn: turns.count),
                isBYOK: candidate.isBYOK
            )
            switch attempts.outcome(of: attempt, in: world) {
            case .synthetic:
                turns.append(Turn(candidate: candidate))
                return .answered(candidate, synthetic(candidate))
            case .scripted(let turn):
                guard let failure = turn.steps.failureBeforeContent else {
                    turns.append(Turn(candidate: candidate))
                    return .answered(candidate, scripted?(turn) ?? synthetic(candidate))
                }
                turns.append(Turn(candidate: candidate, failure: failure))
                silence += turn.steps.prefix { if case .failure = $0 { false } else { true } }
                // What this provider refuses, the others of the model would refuse too.
                if !failure.isFallbackable, !candidate.hasRefusedKey(failure) { refused.insert(candidate.model.id) }
            case .failedInBody(let failure):
                turns.append(Turn(candidate: candidate, failure: failure))
                return .failedInBody(candidate, failure)
            }
        }
        return .exhausted
    }
}

extension ProviderTurns {
    private func position(of index: Int, in candidates: [RouteCandidate]) -> ProviderAttempt.Position {
        let models = candidates.reduce(into: [String]()) { if !$0.contains($1.model.id) { $0.append($1.model.id) } }
        let model = candidates[index].model.id
        return ProviderAttempt.Position(
            turn: turns.count,
            provider: candidates[..<index].count { $0.model.id == model },
            providerCount: candidates.count { $0.model.id == model },
            model: models.firstIndex(of: model) ?? 0,
            modelCount: models.count
        )
    }
}

// MARK: - What is told of them

extension ProviderTurns {
    /// `openrouter_metadata` (reference: platform §1.11).
    func metadata(_ plan: RoutePlan, pipeline: [JSON] = []) -> JSON {
        RouterMetadata.json(
            plan: plan,
            attempts: turns.map { RouterMetadata.Attempt(candidate: $0.candidate, status: $0.status) },
            selected: turns.last { $0.failure == nil }?.candidate,
            pipeline: pipeline
        )
    }

    /// `provider_responses` of the generation.
    var records: [GenerationRecord.Attempt] {
        turns.map { turn in
            GenerationRecord.Attempt(
                provider: turn.candidate.endpoint.provider.name,
                model: turn.candidate.model.canonicalSlug,
                status: turn.status,
                latencyMilliseconds: Int(turn.candidate.endpoint.latency.microseconds / 1000),
                isBYOK: turn.candidate.isBYOK
            )
        }
    }

    /// The failure of a request that no provider has answered.
    func failure(
        _ plan: RoutePlan,
        requested: [String],
        _ ids: GenerationIDs,
        pipeline: [JSON] = []
    ) -> APIError {
        told(.providersFailed(turns, requested: requested), plan, ids, pipeline: pipeline)
    }

    /// A failure with the generation that it ended and the way there.
    func told(_ failure: APIError, _ plan: RoutePlan, _ ids: GenerationIDs, pipeline: [JSON] = []) -> APIError {
        var error = failure
        error.delay = silence.pause
        error.generationID = ids.generation
        // Internal errors tell nothing of the route (reference: platform §1.11).
        if error.status != 500 { error.routerMetadata = metadata(plan, pipeline: pipeline) }
        return error
    }
}

extension RouteCandidate {
    /// Whether a provider does not take the account's own key, which says nothing of OpenRouter's.
    fileprivate func hasRefusedKey(_ failure: ProviderFailure) -> Bool {
        isBYOK && [401, 402, 403].contains(failure.status)
    }
}

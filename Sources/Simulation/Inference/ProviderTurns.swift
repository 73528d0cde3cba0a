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
        scripted: (([GenerationStep], FinishReason?) -> Value)? = nil
    ) -> Result<Value> {
        var refused: Set<String> = []
        for candidate in candidates where !refused.contains(candidate.model.id) {
            let attempt = ProviderAttempt(
                model: candidate.model,
                endpoint: candidate.endpoint,
                index: turns.count,
                isBYOK: candidate.isBYOK
            )
            switch attempts.outcome(of: attempt, in: world) {
            case .synthetic:
                turns.append(Turn(candidate: candidate))
                return .answered(candidate, synthetic(candidate))
            case .steps(let steps, let finishReason):
                guard let failure = steps.failureBeforeContent else {
                    turns.append(Turn(candidate: candidate))
                    return .answered(candidate, scripted?(steps, finishReason) ?? synthetic(candidate))
                }
                turns.append(Turn(candidate: candidate, failure: failure))
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

extension [GenerationStep] {
    /// The failure that comes before anything the client would see; nil when there is none.
    fileprivate var failureBeforeContent: ProviderFailure? {
        for step in self {
            switch step {
            case .comment, .pause: continue
            case .failure(let failure): return failure
            default: return nil
            }
        }
        return nil
    }
}

extension Generation {
    /// A generation out of a script's steps; tokens are counted as the synthetic model's.
    init(scripted steps: [GenerationStep], _ finishReason: FinishReason?, for request: GenerationRequest) {
        var usage = request.promptTokens.usage
        for step in steps {
            switch step {
            case .text(let text, _), .refusal(let text): usage.completion += TokenSplitter.count(text)
            case .reasoning(let text):
                let count = TokenSplitter.count(text)
                usage.completion += count
                usage.reasoning += count
            case .toolCall(let call):
                usage.completion += TokenSplitter.count(call.name) + TokenSplitter.count(call.arguments) + 4
            default: break
            }
        }
        self.init(steps: steps, finishReason: .stop, usage: usage)
        let hasFailed = failure != nil
        self.finishReason = hasFailed ? .error : finishReason ?? (toolCalls.isEmpty ? .stop : .toolCalls)
    }
}

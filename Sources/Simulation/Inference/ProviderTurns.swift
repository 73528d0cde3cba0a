internal import OpenRouterAPI

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
    enum Result {
        case answered(RouteCandidate, [Generation])
        case failedInBody(ProviderFailure)
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
    ///   - request: what the synthetic model answers to.
    ///   - generator: seeded by what counts in the request; every provider gets the same.
    mutating func take(
        _ candidates: [RouteCandidate],
        for request: GenerationRequest,
        using generator: SeededGenerator
    ) -> Result {
        var refusedModel: String?
        for candidate in candidates where candidate.model.id != refusedModel {
            let attempt = ProviderAttempt(
                model: candidate.model,
                endpoint: candidate.endpoint,
                index: turns.count
            )
            switch attempts.outcome(of: attempt, in: world) {
            case .synthetic:
                var branch = generator
                let model = SyntheticModel(ModelHost(candidate, now: world.now))
                turns.append(Turn(candidate: candidate))
                return .answered(candidate, model.generations(for: request, using: &branch))
            case .steps(let steps, let finishReason):
                guard let failure = steps.failureBeforeContent else {
                    turns.append(Turn(candidate: candidate))
                    return .answered(candidate, [Generation(scripted: steps, finishReason, for: request)])
                }
                turns.append(Turn(candidate: candidate, failure: failure))
                // What this provider refuses, the others of the model would refuse too.
                if !failure.isFallbackable { refusedModel = candidate.model.id }
            case .failedInBody(let failure):
                turns.append(Turn(candidate: candidate, failure: failure))
                return .failedInBody(failure)
            }
        }
        return .exhausted
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
    fileprivate init(scripted steps: [GenerationStep], _ finishReason: FinishReason?, for request: GenerationRequest) {
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

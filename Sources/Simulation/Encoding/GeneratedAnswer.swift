internal import OpenRouterAPI
internal import Tapes

/// What a provider answered, ready to be shaped by an API's encoder.
struct GeneratedAnswer: Sendable {
    var identity: AnswerIdentity
    /// One for each choice.
    var generations: [Generation]
    var usage: TokenUsage
    var charges: Charges
    var cost: Pricing.Cost
    /// How fast the endpoint talks, for the record.
    var pace: Pace
    /// How fast it is played.
    var playedPace: Pace
    /// Stands for signatures and ciphertext of the provider.
    var opaque: String
    /// `default`, `flex` or `priority`.
    var serviceTier = "default"
    /// Comments before the first event of a stream.
    var keepAliveCount = 0
    /// `openrouter_metadata`; nil unless the client asked for it.
    var routerMetadata: JSON?
    /// One for each provider tried; empty unless the client asked for it.
    var upstreamBodies: [UpstreamBody] = []

    /// The request's body as it went to a provider.
    struct UpstreamBody: Sendable {
        /// Display name.
        var provider: String
        /// As the provider's answer would name it.
        var model: String
        var json: JSON
    }

    var usageEncoder: UsageEncoder {
        UsageEncoder(usage: usage, cost: cost, charges: charges, serviceTier: serviceTier)
    }

    /// From the request to the last token.
    var duration: Duration {
        pace.untilFirstToken + pace.betweenTokens * usage.completion
    }

    /// The first choice, which is the only one of every API but chat and completions.
    var generation: Generation {
        generations.first ?? Generation(steps: [], finishReason: .stop, usage: usage)
    }
}

extension GeneratedAnswer {
    /// `openrouter_metadata` beside an ending; internal errors tell nothing of the route (reference: inference §1.14).
    func routerMetadata(beside failure: ProviderFailure?) -> JSON? {
        failure?.status == 500 ? nil : routerMetadata
    }

    /// The same answer out of the response cache: another id, nothing counted (reference: platform §1.12).
    func again(_ ids: GenerationIDs) -> GeneratedAnswer {
        var copy = self
        copy.identity.id = ids.generation
        copy.identity.created = ids.created
        copy.usage = TokenUsage(prompt: 0, completion: 0)
        copy.charges = Charges()
        copy.cost = Pricing.Cost()
        copy.routerMetadata = nil
        copy.upstreamBodies = []
        return copy
    }
}

/// Shapes an answer as one of the APIs does.
///
/// A new API costs one encoder: steps in, a body or the frames of a stream out.
protocol SkinEncoder: Sendable {
    /// Whether an unstreamed body can tell that the provider failed in the middle.
    ///
    /// Where it cannot, the answer is an error with the failure's status.
    var tellsFailureInBody: Bool { get }

    /// The whole answer in one document.
    func body(of answer: GeneratedAnswer) -> JSON

    /// The whole answer as an event stream, its ending included.
    func frames(of answer: GeneratedAnswer) -> [Frame]
}

extension SkinEncoder {
    var tellsFailureInBody: Bool { true }
}

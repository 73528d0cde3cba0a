/// One provider's turn at a request.
package struct ProviderAttempt: Sendable {
    package let model: CatalogModel
    package let endpoint: CatalogEndpoint
    /// 0 for the first provider tried.
    package let index: Int
    /// Whether it is made with a key of the account's own.
    package let isBYOK: Bool
}

/// What becomes of an attempt.
package enum AttemptOutcome: Sendable {
    /// The synthetic model answers.
    case synthetic
    /// The provider says this; a failure before any content lets the router go on.
    case steps([GenerationStep], finishReason: FinishReason?)
    /// The provider answers 200 with a body that is an error; the router takes it for an answer.
    case failedInBody(ProviderFailure)
}

/// Decides what each provider attempt does: a scenario's script, or the synthetic model.
///
/// The second of the two moments at which somebody else may answer (ARCHITECTURE.md); ``AnswerSource`` is the first.
package protocol ProviderAttempts: Sendable {
    func outcome(of attempt: ProviderAttempt, in world: World) -> AttemptOutcome
}

/// Every provider answers.
package struct SyntheticAttempts: ProviderAttempts {
    package init() {}

    package func outcome(of attempt: ProviderAttempt, in world: World) -> AttemptOutcome {
        .synthetic
    }
}

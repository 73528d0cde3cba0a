/// One provider's turn at a request.
package struct ProviderAttempt: Sendable {
    package let model: CatalogModel
    package let endpoint: CatalogEndpoint
    package let position: Position
    /// Whether it is made with a key of the account's own.
    package let isBYOK: Bool

    /// Where the turn is among those that there could be, all from 0.
    package struct Position: Sendable, Hashable {
        /// Among all turns taken.
        package var turn = 0
        /// Among the providers of the model.
        package var provider = 0
        package var providerCount = 0
        /// Among the models in the order of fallback.
        package var model = 0
        package var modelCount = 0
    }
}

/// What becomes of an attempt.
package enum AttemptOutcome: Sendable {
    /// The synthetic model answers.
    case synthetic
    /// The provider says this; a failure before any content lets the router go on.
    case scripted(ScriptedTurn)
    /// The provider answers 200 with a body that is an error; the router takes it for an answer.
    case failedInBody(ProviderFailure)
}

/// Decides what each provider attempt does: a scenario's script, or the synthetic model.
///
/// The second of the two moments at which somebody else may answer (ARCHITECTURE.md); ``AnswerSource`` is the first.
package protocol ProviderAttempts: Sendable {
    /// Whether what an attempt does depends on its whole position, which costs a look at all that could be made.
    var readsPositions: Bool { get }

    func outcome(of attempt: ProviderAttempt, in world: World) -> AttemptOutcome
}

extension ProviderAttempts {
    package var readsPositions: Bool { true }
}

/// Every provider answers.
package struct SyntheticAttempts: ProviderAttempts {
    package init() {}

    package var readsPositions: Bool { false }

    package func outcome(of attempt: ProviderAttempt, in world: World) -> AttemptOutcome {
        .synthetic
    }
}

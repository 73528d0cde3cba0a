internal import Simulation

/// A provider that does what it is told.
struct ScriptedAttempts: ProviderAttempts {
    let outcome: AttemptOutcome

    init(_ steps: [GenerationStep], _ finishReason: FinishReason? = nil) {
        outcome = .steps(steps, finishReason: finishReason)
    }

    init(failedInBody failure: ProviderFailure) {
        outcome = .failedInBody(failure)
    }

    func outcome(of attempt: ProviderAttempt, in world: World) -> AttemptOutcome {
        outcome
    }
}

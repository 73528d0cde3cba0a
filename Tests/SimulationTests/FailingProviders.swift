internal import OpenRouterAPI
internal import Simulation

/// The first providers fail; those after them answer.
struct FailingProviders: ProviderAttempts {
    var count = Int.max
    var failure = ProviderFailure(.providerOverloaded)

    func outcome(of attempt: ProviderAttempt, in world: World) -> AttemptOutcome {
        attempt.position.turn < count ? .scripted(ScriptedTurn([.failure(failure)])) : .synthetic
    }
}

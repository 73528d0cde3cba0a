internal import OpenRouterAPI
internal import Simulation

/// Providers that do what a test says: by display name, or all alike.
struct ScriptedAttempts: ProviderAttempts {
    var byProvider: [String: AttemptOutcome] = [:]
    var others = AttemptOutcome.synthetic

    func outcome(of attempt: ProviderAttempt, in world: World) -> AttemptOutcome {
        byProvider[attempt.endpoint.provider.name] ?? others
    }

    /// Every provider fails before its first token.
    static func failing(_ failure: ProviderFailure) -> ScriptedAttempts {
        ScriptedAttempts(others: .steps([.failure(failure)], finishReason: nil))
    }

    /// Every provider fails after a few words.
    static func breakingOff(_ failure: ProviderFailure) -> ScriptedAttempts {
        ScriptedAttempts(others: .steps([.text("The first half"), .failure(failure)], finishReason: nil))
    }
}

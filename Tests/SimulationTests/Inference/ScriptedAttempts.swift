internal import OpenRouterAPI
internal import Simulation

/// Providers that do what a test says: by display name, or all alike.
struct ScriptedAttempts: ProviderAttempts {
    private let byProvider: [String: AttemptOutcome]
    private let others: AttemptOutcome

    init(byProvider: [String: AttemptOutcome] = [:], others: AttemptOutcome = .synthetic) {
        self.byProvider = byProvider
        self.others = others
    }

    /// Every provider says this.
    init(_ steps: [GenerationStep], _ finishReason: FinishReason? = nil) {
        self.init(others: .scripted(ScriptedTurn(steps, finishReason: finishReason)))
    }

    func outcome(of attempt: ProviderAttempt, in world: World) -> AttemptOutcome {
        byProvider[attempt.endpoint.provider.name] ?? others
    }

    /// Every provider fails before its first token.
    static func failing(_ failure: ProviderFailure) -> ScriptedAttempts {
        ScriptedAttempts([.failure(failure)])
    }

    /// Every provider fails after a few words.
    static func breakingOff(_ failure: ProviderFailure) -> ScriptedAttempts {
        ScriptedAttempts([.text("The first half"), .failure(failure)])
    }
}

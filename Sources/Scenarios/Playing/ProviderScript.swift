/// What a provider does when it is tried.
package struct ProviderScript: Sendable {
    /// Whose providers are meant; any model's unless said otherwise.
    package var model: AttemptSelector
    package var provider: AttemptSelector
    package var steps: [ScriptStep]

    package init(model: AttemptSelector = .any, provider: AttemptSelector, steps: [ScriptStep]) {
        self.model = model
        self.provider = provider
        self.steps = steps
    }
}

/// One try of a provider, in the words that scripts choose by.
package struct ScriptedAttempt: Sendable, Hashable {
    /// Display name and slug.
    package var providerNames: [String]
    /// Among the providers of the model, in the order of trial, from 0.
    package var providerIndex: Int
    package var providerCount: Int
    /// The slug asked for and the model's own.
    package var modelNames: [String]
    /// Among the models in the order of fallback, from 0.
    package var modelIndex: Int
    package var modelCount: Int

    package init(
        providerNames: [String],
        providerIndex: Int = 0,
        providerCount: Int = 1,
        modelNames: [String] = [],
        modelIndex: Int = 0,
        modelCount: Int = 1
    ) {
        self.providerNames = providerNames
        self.providerIndex = providerIndex
        self.providerCount = providerCount
        self.modelNames = modelNames
        self.modelIndex = modelIndex
        self.modelCount = modelCount
    }
}

extension ScriptedResponse {
    /// What a provider is to do at a try; nil when it is to answer as always.
    package func steps(for attempt: ScriptedAttempt) -> [ScriptStep]? {
        switch self {
        case .steps(let steps): steps
        case .providers(let scripts): scripts.first { $0.isMeant(for: attempt) }?.steps
        case .pass, .error, .whole: nil
        }
    }
}

extension ProviderScript {
    fileprivate func isMeant(for attempt: ScriptedAttempt) -> Bool {
        model.selects(attempt.modelNames, index: attempt.modelIndex, of: attempt.modelCount)
            && provider.selects(attempt.providerNames, index: attempt.providerIndex, of: attempt.providerCount)
    }
}

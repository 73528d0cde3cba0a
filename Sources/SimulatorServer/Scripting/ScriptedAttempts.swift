internal import OpenRouterAPI
internal import Scenarios
internal import Simulation
internal import Synchronization
internal import Tapes

/// Has each provider do what a scenario says of it; those that it does not name answer as always.
final class ScriptedAttempts: ProviderAttempts {
    private let response: ScriptedResponse
    private let generator: Mutex<SeededGenerator>

    init(_ response: ScriptedResponse, generator: SeededGenerator) {
        self.response = response
        self.generator = Mutex(generator)
    }

    func outcome(of attempt: ProviderAttempt, in world: World) -> AttemptOutcome {
        response.steps(for: ScriptedAttempt(attempt)).map(outcome) ?? .synthetic
    }

    private func outcome(of steps: [ScriptStep]) -> AttemptOutcome {
        if case .error(let error)? = steps.first, error.isIn200 { return .failedInBody(ProviderFailure(error)) }
        return .scripted(generator.withLock { ScriptedTurn(steps, using: &$0) })
    }
}

extension ScriptedAttempt {
    fileprivate init(_ attempt: ProviderAttempt) {
        let provider = attempt.endpoint.provider
        self.init(
            providerNames: [provider.name, provider.slug],
            providerIndex: attempt.position.provider,
            providerCount: attempt.position.providerCount,
            modelNames: [attempt.model.id, attempt.model.canonicalSlug],
            modelIndex: attempt.position.model,
            modelCount: attempt.position.modelCount
        )
    }
}

extension ScriptedTurn {
    /// Cuts texts into deltas and spreads them over time.
    init(_ steps: [ScriptStep], using generator: inout SeededGenerator) {
        self.init([])
        for step in steps { add(step, using: &generator) }
    }

    private mutating func add(_ step: ScriptStep, using generator: inout SeededGenerator) {
        switch step {
        case .comment(let text, let count, let every):
            for _ in 0..<count {
                if every > .zero { steps.append(.pause(every)) }
                steps.append(text.map { .interruption(.comment($0)) } ?? .comment(count: 1))
            }
        case .reasoning(let text): add(text, using: &generator) { .reasoning($0) }
        case .text(let text): add(text, using: &generator) { .text($0) }
        case .refusal(let text): add(text, using: &generator) { .refusal($0) }
        case .toolCall(let id, let name, let arguments):
            let id = id ?? "call_" + generator.alphanumeric(24)
            steps.append(.toolCall(ToolCall(id: id, name: name, arguments: arguments.text)))
        case .pause(let pause): steps.append(.pause(pause))
        case .error(let error): steps.append(.failure(ProviderFailure(error)))
        case .usage(let prompt, let completion, let reasoning, let cached):
            promptTokens = prompt ?? promptTokens
            completionTokens = completion ?? completionTokens
            reasoningTokens = reasoning ?? reasoningTokens
            cachedTokens = cached ?? cachedTokens
        case .finish(let reason): finishReason = FinishReason(rawValue: reason)
        case .data(let text): steps.append(.interruption(.data(text)))
        case .raw(let text): steps.append(.interruption(.raw(text)))
        case .cut(let ending): steps.append(.interruption(.cut(ending)))
        }
    }

    private mutating func add(
        _ text: ScriptedText,
        using generator: inout SeededGenerator,
        _ step: (String) -> GenerationStep
    ) {
        for delta in text.deltas {
            let gap = text.gap(using: &generator)
            if gap > .zero { steps.append(.pause(gap)) }
            steps.append(step(delta))
        }
    }
}

extension ScriptedText {
    fileprivate var deltas: [String] {
        switch chunk {
        case .tokens: TokenSplitter.tokens(in: value)
        case .words: value.words
        case .characters: value.map { String($0) }
        case .whole: value.isEmpty ? [] : [value]
        }
    }

    fileprivate func gap(using generator: inout SeededGenerator) -> Duration {
        let jitter = Int(self.jitter.microseconds)
        guard jitter > 0 else { return every }
        return max(.zero, every + .microseconds(generator.integer(in: -jitter...jitter)))
    }
}

extension String {
    /// The text cut before each word; joined, the words are the text.
    fileprivate var words: [String] {
        var words: [String] = []
        var start = startIndex
        for index in indices.dropFirst() where !self[index].isWhitespace && self[self.index(before: index)].isWhitespace
        {
            words.append(String(self[start..<index]))
            start = index
        }
        return isEmpty ? [] : words + [String(self[start...])]
    }
}

package import Tapes

/// What a script has a provider say, instead of the synthetic model.
package struct ScriptedTurn: Sendable {
    package var steps: [GenerationStep]

    /// Nil for the usual one: `stop`, `tool_calls` after a call, `error` after a failure.
    package var finishReason: FinishReason?

    /// Counts that the script states instead of those of its steps; nil leaves one as counted.
    package var promptTokens: Int?
    package var completionTokens: Int?
    package var reasoningTokens: Int?
    package var cachedTokens: Int?

    package init(_ steps: [GenerationStep], finishReason: FinishReason? = nil) {
        self.steps = steps
        self.finishReason = finishReason
    }
}

/// What a script does to the answer's bytes between the things that it says.
package enum ScriptedInterruption: Sendable, Hashable {
    /// One comment of this text.
    case comment(String)
    /// An event whose data is this text.
    case data(String)
    /// These bytes as they are.
    case raw(String)
    /// The end of everything, whatever the API would still have said.
    case cut(Ending)
}

extension Generation {
    /// A generation out of a script's steps; tokens are counted as the synthetic model's, up to where it is cut.
    init(_ turn: ScriptedTurn, for request: GenerationRequest) {
        var usage = request.promptTokens.usage
        for step in turn.steps.beforeCut {
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
        usage.prompt = turn.promptTokens ?? usage.prompt
        usage.completion = turn.completionTokens ?? usage.completion
        usage.reasoning = turn.reasoningTokens ?? usage.reasoning
        self.init(steps: turn.steps, finishReason: .stop, usage: usage)
        statedCachedTokens = turn.cachedTokens
        let hasFailed = failure != nil
        finishReason = hasFailed ? .error : turn.finishReason ?? (toolCalls.isEmpty ? .stop : .toolCalls)
    }

    /// How the answer is cut off; nil when it is not.
    var cut: Ending? {
        for case .interruption(.cut(let ending)) in steps { return ending }
        return nil
    }

    /// Time that the steps wait by themselves, which an unstreamed answer takes before its head.
    var scriptedPause: Duration {
        steps.beforeCut.pause
    }
}

extension Sequence<GenerationStep> {
    /// Time that the steps wait by themselves.
    var pause: Duration {
        reduce(.zero) { if case .pause(let pause) = $1 { $0 + pause } else { $0 } }
    }
}

extension [GenerationStep] {
    /// The failure that comes before anything the client would see; nil when there is none.
    var failureBeforeContent: ProviderFailure? {
        for step in self {
            switch step {
            case .interruption(.comment), .comment, .pause: continue
            case .failure(let failure): return failure
            default: return nil
            }
        }
        return nil
    }

    fileprivate var beforeCut: SubSequence {
        prefix { if case .interruption(.cut) = $0 { false } else { true } }
    }
}

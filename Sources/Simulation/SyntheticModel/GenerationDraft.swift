internal import OpenRouterAPI
internal import Tapes

/// A generation in the making: its steps, and the tokens they count.
struct GenerationDraft {
    let request: GenerationRequest
    /// Completion tokens that may still be made.
    private(set) var budget: Int
    private var steps: [GenerationStep] = []
    private var usage: TokenUsage
    /// What native searches found; cited behind the text, with the places where it is used.
    private var citations: [Annotation.Citation] = []

    init(_ request: GenerationRequest, limit: Int?) {
        self.request = request
        budget = min(request.tokenLimit ?? .max, limit ?? .max)
        usage = request.promptTokens.usage
        for file in request.files where request.plugins.pdfEngine != nil {
            steps.append(.annotation(.file(file)))
        }
    }

    /// - Parameters:
    ///   - thoughts: the whole of them; cut at the limit.
    ///   - limit: tokens at most; nil for the budget.
    ///   - isShown: whether the client sees it.
    mutating func think(_ thoughts: String, limit: Int?, isShown: Bool) {
        let tokens = TokenSplitter.tokens(in: thoughts).prefix(min(limit ?? .max, budget))
        if isShown { steps += tokens.map { .reasoning($0) } }
        usage.reasoning += tokens.count
        spend(tokens.count)
    }

    /// - Returns: false when the budget has cut its arguments short.
    mutating func call(_ call: ToolCall) -> Bool {
        // Four tokens around a call, as in OpenAI's chat format.
        let frame = TokenSplitter.count(call.name) + 4
        let arguments = TokenSplitter.tokens(in: call.arguments)
        let kept = arguments.prefix(max(0, budget - frame))
        var cut = call
        if kept.count < arguments.count { cut.arguments = kept.joined() }
        steps.append(.toolCall(cut))
        spend(min(frame + kept.count, budget))
        return kept.count == arguments.count
    }

    /// Makes room for so many steps more.
    mutating func reserve(_ count: Int) {
        steps.reserveCapacity(steps.count + count)
    }

    mutating func say(_ token: String, logprobs: [TokenLogprob]) {
        steps.append(.text(token, logprobs: logprobs))
        spend(1)
    }

    mutating func show(_ image: GeneratedImage, tokenCount: Int) {
        steps.append(.image(image))
        usage.outputImages += 1
        usage.completionImage += tokenCount
        spend(tokenCount)
    }

    /// Speaks text in pieces of a sentence's length; the words are the transcript.
    mutating func speak(_ text: String, _ audio: GenerationRequest.Audio, using generator: inout SeededGenerator) {
        for piece in SpokenPieces(text: text, audio, seed: generator.next()) {
            steps.append(.audio(piece.audio))
            usage.completionAudio += piece.tokenCount
            spend(piece.tokenCount)
        }
    }

    /// What a tool of OpenRouter's brought is read by the model like a part of the prompt.
    mutating func use(_ tool: ServerToolCall) {
        steps.append(.serverTool(tool))
        guard let search = tool.search else { return }
        for result in search.results { usage.prompt += TokenSplitter.count(result.title + result.content) + 8 }
        if search.engine == .native {
            citations += search.results
        } else {
            steps += search.results.map { .annotation(.citation($0)) }
        }
    }

    /// Names the sources of a native search, each for an equal share of the text.
    mutating func cite() {
        guard !citations.isEmpty else { return }
        let textLength = steps.reduce(0) { length, step in
            if case .text(let token, _) = step { length + token.unicodeScalars.count } else { length }
        }
        for (index, citation) in citations.enumerated() {
            var placed = citation
            placed.start = textLength * index / citations.count
            placed.end = textLength * (index + 1) / citations.count
            steps.append(.annotation(.citation(placed)))
        }
    }

    func finished(_ reason: FinishReason, stopSequence: String? = nil) -> Generation {
        Generation(steps: steps, finishReason: reason, usage: usage, stopSequence: stopSequence)
    }

    private mutating func spend(_ count: Int) {
        usage.completion += count
        budget = max(0, budget - count)
    }
}

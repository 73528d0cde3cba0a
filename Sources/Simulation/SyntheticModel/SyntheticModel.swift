internal import OpenRouterAPI
package import Tapes

/// Answers like a model: deterministic from the seed, readable, and ends by itself.
///
/// Text, tool arguments and JSON depend on the seed and on what the request says, not on whether it is streamed, so
/// that the streamed answer concatenates to the unstreamed one.
package struct SyntheticModel: Sendable {
    let host: ModelHost

    package init(_ host: ModelHost) {
        self.host = host
    }

    /// - Parameters:
    ///   - request: what is asked.
    ///   - generator: seeded by what counts in the request.
    /// - Returns: one generation for each choice asked for.
    package func generations(
        for request: GenerationRequest,
        using generator: inout SeededGenerator
    ) -> [Generation] {
        let request = host.withoutUnsupported(request)
        return (0..<request.choiceCount).map { index in
            var branch = generator.branch(mixing: "choice \(index)")
            return generation(for: request, using: &branch)
        }
    }

    private func generation(for request: GenerationRequest, using generator: inout SeededGenerator) -> Generation {
        var draft = GenerationDraft(request, limit: host.completionLimit)
        runServerTools(into: &draft, using: &generator)
        if let reasoning = request.reasoning {
            let thoughts = ReasoningText.reasoning(about: request.prompt, using: &generator)
            draft.think(thoughts, limit: reasoning.tokenLimit, isShown: !reasoning.isExcluded)
        }
        let tools = tools(for: request, using: &generator)
        if !tools.isEmpty, draft.budget > 0 {
            for tool in tools where !draft.call(toolCall(of: tool, request, using: &generator)) {
                return draft.finished(.length)
            }
            return draft.finished(.toolCalls)
        }
        if makesImage(request) {
            draft.show(image(for: request, using: &generator), tokenCount: Self.imageTokenCount)
        }
        guard request.wantsText, host.makesText else { return draft.finished(.stop) }
        return say(content(for: request, using: &generator), &draft, using: &generator)
    }

    private func say(
        _ text: String,
        _ draft: inout GenerationDraft,
        using generator: inout SeededGenerator
    ) -> Generation {
        let request = draft.request
        let (cut, sequence) = cutting(text, at: request.stopSequences)
        let tokens = TokenSplitter.tokens(in: cut)
        let kept = tokens.prefix(draft.budget)
        if let audio = request.audio {
            draft.speak(kept.joined(), audio, using: &generator)
        } else {
            draft.reserve(kept.count)
            for token in kept {
                draft.say(token, logprobs: logprobs(of: token, request, using: &generator))
            }
        }
        draft.cite()
        let isCutShort = kept.count < tokens.count || (draft.budget == 0 && kept.isEmpty && sequence == nil)
        return draft.finished(isCutShort ? .length : .stop, stopSequence: isCutShort ? nil : sequence)
    }

    private func content(for request: GenerationRequest, using generator: inout SeededGenerator) -> String {
        switch request.responseFormat {
        case .text where host.buildsRequests:
            requestBodies(for: request, using: &generator).text
        case .text:
            AnswerText.answer(to: request.prompt, using: &generator)
        case .jsonObject:
            JSON.object(["answer": .string(TitleText.title(about: request.prompt, using: &generator))]).text
        case .jsonSchema(let schema):
            SchemaInstance(of: schema, prompt: request.prompt, using: &generator).value.text
        }
    }

    private func cutting(_ text: String, at stopSequences: [String]) -> (text: String, sequence: String?) {
        let starts = stopSequences.compactMap { sequence -> (String.Index, String)? in
            guard !sequence.isEmpty, let range = text.firstRange(of: sequence) else { return nil }
            return (range.lowerBound, sequence)
        }
        guard let first = starts.min(by: { $0.0 < $1.0 }) else { return (text, nil) }
        return (String(text[..<first.0]), first.1)
    }
}

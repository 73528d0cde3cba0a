internal import OpenRouterAPI

/// Answers like a model: deterministic from the seed, readable, and ends by itself.
///
/// Text, tool arguments and JSON depend on the seed and on what the request says, not on whether it is streamed, so
/// that the streamed answer concatenates to the unstreamed one.
package struct SyntheticModel: Sendable {
    /// Decides the style of tool-call ids; see the glossary of ids in the reference, §1.5.
    package let providerSlug: String

    package init(providerSlug: String) {
        self.providerSlug = providerSlug
    }

    /// - Parameters:
    ///   - request: what is asked.
    ///   - generator: seeded by what counts in the request.
    /// - Returns: one generation for each choice asked for.
    package func generations(
        for request: GenerationRequest,
        using generator: inout SeededGenerator
    ) -> [Generation] {
        (0..<request.choiceCount).map { index in
            var branch = generator.branch(mixing: "choice \(index)")
            return generation(for: request, using: &branch)
        }
    }

    private func generation(for request: GenerationRequest, using generator: inout SeededGenerator) -> Generation {
        var steps: [GenerationStep] = []
        var reasoningCount = 0
        var budget = request.tokenLimit ?? .max
        if let reasoning = request.reasoning {
            let thoughts = ReasoningText.reasoning(about: request.prompt, using: &generator)
            let tokens = TokenSplitter.tokens(in: thoughts).prefix(min(reasoning.tokenLimit ?? .max, budget))
            reasoningCount = tokens.count
            budget -= reasoningCount
            if !reasoning.isExcluded { steps += tokens.map { .reasoning(String($0)) } }
        }
        if let tool = tool(for: request, using: &generator), budget > 0 {
            let arguments = SchemaInstance(of: tool.parameters, prompt: request.prompt, using: &generator).value
            let call = ToolCall(id: toolCallID(using: &generator), name: tool.name, arguments: arguments.text)
            steps.append(.toolCall(call))
            let count = TokenSplitter.count(call.name) + TokenSplitter.count(call.arguments) + 4
            return finish(steps, .toolCalls, count: count, reasoningCount, request)
        }
        let text = content(for: request, using: &generator)
        let (cut, wasStopped) = cutting(text, at: request.stopSequences)
        let tokens = TokenSplitter.tokens(in: cut)
        let kept = tokens.prefix(budget)
        for token in kept {
            let logprobs = request.alternativeCount.map { count in
                [logprob(of: String(token), alternativeCount: count, using: &generator)]
            }
            steps.append(.text(String(token), logprobs: logprobs ?? []))
        }
        let isCutShort = kept.count < tokens.count || (budget == 0 && !wasStopped)
        return finish(steps, isCutShort ? .length : .stop, count: kept.count, reasoningCount, request)
    }

    private func finish(
        _ steps: [GenerationStep],
        _ reason: FinishReason,
        count: Int,
        _ reasoningCount: Int,
        _ request: GenerationRequest
    ) -> Generation {
        let usage = TokenUsage(
            prompt: request.promptTokenCount,
            completion: count + reasoningCount,
            reasoning: reasoningCount
        )
        return Generation(steps: steps, finishReason: reason, usage: usage)
    }

    private func content(for request: GenerationRequest, using generator: inout SeededGenerator) -> String {
        switch request.responseFormat {
        case .text:
            AnswerText.answer(to: request.prompt, using: &generator)
        case .jsonObject:
            JSON.object(["answer": .string(TitleText.title(about: request.prompt, using: &generator))]).text
        case .jsonSchema(let schema):
            SchemaInstance(of: schema, prompt: request.prompt, using: &generator).value.text
        }
    }

    private func cutting(_ text: String, at stopSequences: [String]) -> (text: String, wasStopped: Bool) {
        let starts = stopSequences.compactMap { sequence in
            sequence.isEmpty ? nil : text.firstRange(of: sequence)?.lowerBound
        }
        guard let first = starts.min() else { return (text, false) }
        return (String(text[..<first]), true)
    }
}

// MARK: - Tools

extension SyntheticModel {
    /// The tool to call now, or nil to answer in text.
    ///
    /// A tool's result ends the loop, whatever the choice says.
    private func tool(
        for request: GenerationRequest,
        using generator: inout SeededGenerator
    ) -> GenerationRequest.Tool? {
        guard !request.tools.isEmpty, !request.hasToolResult else { return nil }
        switch request.toolChoice {
        case .none: return nil
        case .function(let name): return request.tools.first { $0.name == name }
        case .auto, .required: return likeliestTool(of: request)
        }
    }

    /// The tool whose name shares most words with the prompt; the first one of several, or of none.
    private func likeliestTool(of request: GenerationRequest) -> GenerationRequest.Tool? {
        let prompt = request.prompt.lowercased()
        func score(_ tool: GenerationRequest.Tool) -> Int {
            tool.name.lowercased().split { !$0.isLetter && !$0.isNumber }
                .count { $0.count > 2 && prompt.contains($0) }
        }
        var best = request.tools.first
        var bestScore = best.map(score) ?? 0
        for tool in request.tools.dropFirst() where score(tool) > bestScore {
            best = tool
            bestScore = score(tool)
        }
        return best
    }

    private func toolCallID(using generator: inout SeededGenerator) -> String {
        switch providerSlug {
        case "anthropic": "toolu_01" + generator.alphanumeric(22)
        case "amazon-bedrock": "toolu_bdrk_01" + generator.alphanumeric(22)
        case "google-vertex": "toolu_vrtx_01" + generator.alphanumeric(22)
        case "mistral": generator.alphanumeric(9)
        default: "call_" + generator.alphanumeric(24)
        }
    }
}

// MARK: - Log probabilities

extension SyntheticModel {
    private func logprob(
        of token: String,
        alternativeCount: Int,
        using generator: inout SeededGenerator
    ) -> TokenLogprob {
        let logprob = rounded(-generator.fraction() * 1.5)
        var alternatives: [TokenLogprob.Alternative] = []
        if alternativeCount > 0 {
            alternatives.append(.init(token: token, logprob: logprob))
        }
        var lower = logprob
        while alternatives.count < alternativeCount {
            lower = rounded(lower - 0.25 - generator.fraction() * 2)
            alternatives.append(.init(token: " " + generator.characters(4, of: "aeioulnrst"), logprob: lower))
        }
        return TokenLogprob(token: token, logprob: logprob, alternatives: alternatives)
    }

    private func rounded(_ value: Double) -> Double {
        (value * 1e6).rounded() / 1e6
    }
}

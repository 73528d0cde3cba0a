internal import OpenRouterAPI
internal import Tapes

extension SyntheticModel {
    /// The tools to call now; none to answer in text.
    ///
    /// A tool's result ends the loop, whatever the choice says. Several are called at once where the prompt names
    /// several and the request allows that.
    func tools(
        for request: GenerationRequest,
        using generator: inout SeededGenerator
    ) -> [GenerationRequest.Tool] {
        guard !request.tools.isEmpty, !request.hasToolResult else { return [] }
        switch request.toolChoice {
        case .none: return []
        case .function(let name): return request.tools.filter { $0.name == name }
        case .auto, .required: return likeliestTools(of: request)
        }
    }

    /// The tools whose names share words with the prompt; the one that shares most where only one may be called, and
    /// the first where none does.
    private func likeliestTools(of request: GenerationRequest) -> [GenerationRequest.Tool] {
        let prompt = request.prompt.lowercased()
        func score(_ tool: GenerationRequest.Tool) -> Int {
            tool.name.lowercased().split { !$0.isLetter && !$0.isNumber }
                .count { $0.count > 2 && prompt.contains($0) }
        }
        let scored = request.tools.map { ($0, score($0)) }
        let best = scored.map(\.1).max() ?? 0
        guard best > 0 else { return Array(request.tools.prefix(1)) }
        guard request.allowsParallelToolCalls else {
            return Array(scored.filter { $0.1 == best }.map(\.0).prefix(1))
        }
        // A tool that shares fewer words than another has only the general ones: `get` of `get_weather`.
        return Array(scored.filter { $0.1 == best }.map(\.0).prefix(Self.parallelLimit))
    }

    private static let parallelLimit = 4

    func toolCall(
        of tool: GenerationRequest.Tool,
        _ request: GenerationRequest,
        using generator: inout SeededGenerator
    ) -> ToolCall {
        let arguments =
            tool.takesText
            ? TitleText.title(about: request.prompt, using: &generator)
            : SchemaInstance(of: tool.parameters, prompt: request.prompt, using: &generator).value.text
        return ToolCall(id: toolCallID(using: &generator), name: tool.name, arguments: arguments)
    }

    private func toolCallID(using generator: inout SeededGenerator) -> String {
        switch host.providerSlug {
        case "anthropic": "toolu_01" + generator.alphanumeric(22)
        case "amazon-bedrock": "toolu_bdrk_01" + generator.alphanumeric(22)
        case "google-vertex": "toolu_vrtx_01" + generator.alphanumeric(22)
        case "mistral": generator.alphanumeric(9)
        default: "call_" + generator.alphanumeric(24)
        }
    }
}

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
        let prompt = Self.examined(request.prompt)
        var isNamed: [Substring: Bool] = [:]
        func score(_ tool: GenerationRequest.Tool) -> Int {
            tool.name.lowercased().split { !$0.isLetter && !$0.isNumber }.count { word in
                guard word.count > 2 else { return false }
                if let known = isNamed[word] { return known }
                let found = prompt.contains(word)
                isNamed[word] = found
                return found
            }
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

    /// The beginning and the end of a long prompt, in lower case: what is asked stands at one of them.
    private static func examined(_ prompt: String) -> String {
        guard prompt.utf8.count > 2 * examinedByteCount else { return prompt.lowercased() }
        let ends = [prompt.utf8.prefix(examinedByteCount), prompt.utf8.suffix(examinedByteCount)]
        return ends.map { String(decoding: $0, as: UTF8.self).lowercased() }.joined(separator: "\n")
    }

    private static let examinedByteCount = 8 * 1024

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

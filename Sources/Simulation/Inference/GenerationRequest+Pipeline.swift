internal import OpenRouterAPI

/// Stages that did something to a request or its answer: `openrouter_metadata.pipeline` (reference: platform §1.11).
extension GenerationRequest {
    /// Those before a provider is asked.
    var pipeline: [JSON] {
        var stages = guardrailStages
        if plugins.web != nil { stages.append(["type": "plugin", "name": "web-search"]) }
        if plugins.pdfEngine != nil, !files.isEmpty { stages.append(["type": "plugin", "name": "file-parser"]) }
        return stages
    }

    /// All of them, once a provider has answered.
    ///
    /// - Parameters:
    ///   - candidate: who has answered.
    ///   - generations: as they came.
    ///   - healed: as the client gets them.
    /// - Returns: the stages in the order in which they ran.
    func pipeline(for candidate: RouteCandidate, _ generations: [Generation], healed: [Generation]) -> [JSON] {
        var stages = pipeline
        if candidate.isCompressed { stages.append(["type": "context_compression", "name": "context-compression"]) }
        // The first search is the plugin's.
        let toolCount = (generations.first?.serverTools.count ?? 0) - (plugins.web == nil ? 0 : 1)
        if toolCount > 0 { stages.append(["type": "server_tools", "name": "server-tools"]) }
        if healed != generations { stages.append(["type": "response_healing", "name": "response-healing"]) }
        return stages
    }
}

internal import OpenRouterAPI

/// What the synthetic model has to know of the endpoint it plays.
package struct ModelHost: Sendable {
    /// Decides the style of tool-call ids; see the glossary of ids in the reference, inference §1.5.
    package var providerSlug: String
    /// Names as in `supported_parameters`; nil for all.
    package var supportedParameters: Set<String>?
    package var outputModalities: Set<String> = ["text"]
    /// Completion tokens at most; nil for no limit.
    package var completionLimit: Int?
    /// Whether the provider searches the web itself.
    package var searchesWeb = false
    /// Whether the model thinks without being asked (`:thinking`).
    package var alwaysReasons = false
    /// Whether the answer is a document of request bodies (`openrouter/bodybuilder`).
    package var buildsRequests = false
    /// Microseconds since 1970 on the world's clock.
    package var now: Int64 = 0

    package init(providerSlug: String) {
        self.providerSlug = providerSlug
    }

    init(_ candidate: RouteCandidate, now: Int64) {
        providerSlug = candidate.endpoint.provider.slug
        supportedParameters = candidate.endpoint.parameters
        outputModalities = candidate.model.outputs
        completionLimit = candidate.endpoint.maxCompletionTokens
        searchesWeb = (candidate.endpoint.pricing[.webSearch] ?? .zero) > .zero
        alwaysReasons = candidate.model.id.hasSuffix(":thinking")
        buildsRequests = candidate.smartRouter == .bodybuilder
        self.now = now
    }

    var makesText: Bool { outputModalities.contains("text") }

    /// The request as the provider gets it: a parameter it does not know is dropped silently (reference: inference
    /// §2.1).
    func withoutUnsupported(_ request: GenerationRequest) -> GenerationRequest {
        var request = request
        if alwaysReasons, request.reasoning == nil {
            request.reasoning = GenerationRequest.Reasoning(isExcluded: false, tokenLimit: nil)
        }
        guard let supportedParameters else { return request }
        func lacks(_ names: String...) -> Bool { supportedParameters.isDisjoint(with: names) }
        if request.reasoning != nil, !alwaysReasons, lacks("reasoning", "include_reasoning") { request.reasoning = nil }
        if request.alternativeCount != nil, lacks("logprobs", "top_logprobs") { request.alternativeCount = nil }
        if !request.stopSequences.isEmpty, lacks("stop") { request.stopSequences = [] }
        if !request.tools.isEmpty, lacks("tools") { request.tools = [] }
        switch request.responseFormat {
        case .text: break
        case .jsonObject, .jsonSchema:
            if lacks("response_format", "structured_outputs") { request.responseFormat = .text }
        }
        return request
    }
}

/// What a request asks of the router.
package struct RoutingRequest: Sendable {
    /// What an answer is for, and so what a model has to put out to give it.
    package enum Purpose: Sendable, CaseIterable {
        case conversation, embeddings, rerank, image, video, speech, transcription

        /// Models with one of these outputs fit; others are on the wrong endpoint.
        var outputModalities: [String] {
            switch self {
            case .conversation: ["text", "image", "audio"]
            case .embeddings: ["embeddings"]
            case .rerank: ["rerank"]
            case .image: ["image"]
            case .video: ["video"]
            case .speech: ["speech"]
            case .transcription: ["transcription"]
            }
        }
    }

    /// Slugs as sent, in order of trial; empty for the account's default, `openrouter/auto`.
    package var models: [String]
    package var purpose: Purpose

    /// What the request named, where that led to ``models``: a preset; nil where it is the first of them.
    package var requested: String?
    package var preferences = ProviderPreferences()

    /// What the caller's workspace sorts by where neither the preferences nor the slug's variants say how.
    package var defaultSort: ProviderPreferences.Sort?

    /// From the legacy `route`, nil when it was not sent; `provider.sort.partition` goes before it.
    package var partition: ProviderPreferences.Partition?
    package var plugins = RouterPlugins()
    package var serviceTier: ServiceTier?
    package var needs = RoutingNeeds()

    /// Of everything that is sent, tools included.
    package var promptTokenCount = 0

    /// What of ``promptTokenCount`` declares tools.
    package var toolTokenCount = 0

    /// `max_tokens` or its newer names.
    package var tokenLimit: Int?

    /// Whether the context-compression plugin (or `transforms`) is on; nil for the default: on for windows to 8192.
    package var compression: Bool?

    /// ``RouteCandidate/key`` of the endpoint that served this session last; tried first where it may serve.
    package var stickyEndpoint: String?

    /// Providers' keys of the account's own that the call may use, in the order of trial.
    var ownKeys: [ProviderKey] = []

    /// `model` of the last assistant message, which the automatic router keeps with `pin_model`.
    package var lastAssistantModel: String?

    /// What guardrails say about who may serve.
    var restrictions: [RouteRestriction] = []

    /// Whether the request came through the batch API, which alone serves `:batch` rows.
    package var isBatch = false

    /// The world's time in microseconds since 1970; models expire.
    package var now: Int64

    package init(models: [String], purpose: Purpose, now: Int64) {
        self.models = models
        self.purpose = purpose
        self.now = now
    }
}

/// What an endpoint has to be able to do for a request.
package struct RoutingNeeds: Sendable {
    /// `tool_choice` as sent.
    package enum ToolChoice: Sendable {
        case none, auto, required, function
    }

    /// Kinds of content sent besides text: `image`, `audio`, `file`, `video`.
    package var inputModalities: Set<String> = []

    /// `modalities` as sent; empty when the member is missing.
    package var outputModalities: Set<String> = []

    /// Whether tools of the client's were declared.
    package var usesTools = false
    package var firstToolName: String?

    /// Nil when the member is missing.
    package var toolChoice: ToolChoice?

    /// `response_format` of type `json_schema`.
    package var wantsStructuredOutput = false

    /// `response_format` of type `json_object`.
    package var wantsJSON = false
    package var setsVerbosity = false

    /// Names of the catalog's `supported_parameters` that were sent.
    package var parameters: Set<String> = []

    package init() {}
}

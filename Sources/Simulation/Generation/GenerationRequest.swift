package import OpenRouterAPI

/// What an inference request asks for, whichever API it came through.
package struct GenerationRequest: Sendable {
    package enum ResponseFormat: Sendable {
        case text
        /// Any JSON object.
        case jsonObject
        /// An instance of this schema; nil when none is given.
        case jsonSchema(JSONValue?)
    }

    package enum ToolChoice: Sendable, Hashable {
        case none
        case auto
        case required
        case function(String)
    }

    package struct Tool: Sendable {
        package var name: String
        /// JSON Schema of the arguments; nil for a tool without any.
        package var parameters: JSONValue?
        /// Called with free text instead of JSON (custom tools of `/responses`).
        package var takesText = false
    }

    package struct Reasoning: Sendable, Hashable {
        /// Thought, but not shown.
        package var isExcluded: Bool
        /// Tokens at most; nil for what the effort gives.
        package var tokenLimit: Int?
    }

    /// Sound that is asked for beside text.
    package struct Audio: Sendable, Hashable {
        package var voice: String
        package var format: String
    }

    /// What the router needs to know.
    package var routing: RoutingRequest

    /// The text the answer is about: the last user message, or the prompt.
    package var prompt: String

    /// Simulated tokens of everything sent.
    package var promptTokens: PromptTokens

    /// Ends of messages that a provider may keep in its prompt cache without being asked.
    package var implicitBreakpoints: [PromptTokens.Breakpoint]

    /// What `/generation/content` shows of the request: `{"messages": …}` or `{"prompt": …}`.
    package var input: JSONValue?

    /// Whether it is a prompt instead of messages, on the route for chats.
    package var isTextPrompt = false

    /// Whether a tool has answered since the last user message; then the model answers in text.
    package var hasToolResult = false

    package var isStreamed = false
    package var tools: [Tool] = []
    package var serverTools: [ServerTool] = []
    package var toolChoice = ToolChoice.auto
    package var allowsParallelToolCalls = true
    package var responseFormat = ResponseFormat.text
    package var plugins = Plugins()

    /// Documents sent along, for parsing.
    package var files: [Annotation.ParsedFile] = []

    /// Completion tokens at most; nil for the model's own limit.
    package var tokenLimit: Int?
    package var stopSequences: [String] = []
    package var choiceCount = 1

    /// Nil: no log probabilities; else how many alternatives each token gets.
    package var alternativeCount: Int?
    package var reasoning: Reasoning?

    /// Whether an image is wanted beside text, or instead of it.
    package var wantsImage = false
    package var wantsText = true
    /// Width by height of that image, such as `16:9`; nil for a square.
    package var imageAspectRatio: String?
    package var audio: Audio?

    package var user: String?
    package var sessionID: String?
    /// `prompt_cache_key`: names a session where ``sessionID`` does not.
    package var promptCacheKey: String?
    /// Of the preset whose settings this request has.
    package var presetID: String?
    package var presetCache: PresetCache?
    /// What content filters have found, for the router metadata.
    package var guardrailStages: [JSON] = []

    /// Whether the stream begins with the body as it went to each provider.
    package var echoesUpstreamBody = false

    package init(routing: RoutingRequest, prompt: PromptReader) {
        self.routing = routing
        self.prompt = prompt.lastUserText
        promptTokens = prompt.tokens
        implicitBreakpoints = prompt.implicitBreakpoints
        hasToolResult = prompt.hasToolResult
        files = prompt.files
        self.routing.needs.inputModalities.formUnion(prompt.modalities)
        self.routing.promptTokenCount = prompt.tokens.count
        self.routing.toolTokenCount = prompt.toolTokenCount
        self.routing.lastAssistantModel = prompt.lastAssistantModel
    }
}

extension GenerationRequest {
    /// Declares the client's tools, to the router as well.
    mutating func set(tools: [Tool], choice: ToolChoice) {
        self.tools = tools
        toolChoice = choice
        routing.needs.usesTools = !tools.isEmpty
        routing.needs.firstToolName = tools.first?.name
        guard routing.needs.parameters.contains("tool_choice") else { return }
        routing.needs.toolChoice =
            switch choice {
            case .none: RoutingNeeds.ToolChoice.none
            case .auto: .auto
            case .required: .required
            case .function: .function
            }
    }

    mutating func set(responseFormat: ResponseFormat) {
        self.responseFormat = responseFormat
        switch responseFormat {
        case .text: break
        case .jsonObject: routing.needs.wantsJSON = true
        case .jsonSchema: routing.needs.wantsStructuredOutput = true
        }
    }
}

internal import OpenRouterAPI

/// The endpoint that answers every line of a batch (reference: platform §5.11).
enum BatchEndpoint: String, CaseIterable, Sendable, Codable {
    case chatCompletions = "/v1/chat/completions"
    case responses = "/v1/responses"
    case messages = "/v1/messages"
    case embeddings = "/v1/embeddings"

    var operation: Operation {
        switch self {
        case .chatCompletions: .chatCompletions
        case .responses: .responses
        case .messages: .messages
        case .embeddings: .createEmbeddings
        }
    }

    var purpose: RoutingRequest.Purpose {
        self == .embeddings ? .embeddings : .conversation
    }

    /// The member of a body that holds what is asked.
    var inputMember: String {
        switch self {
        case .chatCompletions, .messages: "messages"
        case .responses, .embeddings: "input"
        }
    }

    /// Where a body says what form the answer has; empty where it has one only.
    var formatPath: [String] {
        switch self {
        case .chatCompletions: ["response_format"]
        case .responses: ["text", "format"]
        case .messages: ["output_config", "format"]
        case .embeddings: []
        }
    }
}

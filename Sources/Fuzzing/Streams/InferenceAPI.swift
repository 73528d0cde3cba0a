/// The APIs whose streams the fuzzer knows.
package enum InferenceAPI: String, Sendable, Hashable, CaseIterable {
    case chat, responses, messages

    /// The end of the path that a client asks.
    package var path: String {
        switch self {
        case .chat: "/chat/completions"
        case .responses: "/responses"
        case .messages: "/messages"
        }
    }
}

internal import OpenRouterAPI

/// What rules ask of a request, looked up once for all of them.
struct RequestFacts: Sendable {
    let request: ScenarioRequest
    let endpoint: EndpointTable.Bits
    let model: String?
    let isStreamed: Bool
    /// The text of the last message, of whatever role; nil for a body without any.
    let lastMessage: String?

    init(_ request: ScenarioRequest) {
        self.request = request
        endpoint = EndpointTable.bits(ofPath: request.path)
        model = request.model
        isStreamed = request.json?["stream"]?.bool == true
        lastMessage = request.lastMessage
    }
}

extension ScenarioRequest {
    /// The model asked for, or the first of several.
    package var model: String? {
        json?["model"]?.string ?? json?["models"]?[0]?.string
    }

    /// The models asked for, in the order in which they are tried.
    var models: [String] {
        let named = [json?["model"]].compactMap { $0?.string }
        return named + (json?["models"]?.elements.compactMap(\.string) ?? []).filter { !named.contains($0) }
    }

    /// The text of the last message: of `messages`, of `input`, or the prompt.
    package var lastMessage: String? {
        guard let json else { return nil }
        if let messages = json["messages"], messages.kind == .array { return Self.last(of: messages) }
        for name in ["input", "prompt", "query"] {
            guard let value = json[name] else { continue }
            return value.kind == .array ? Self.last(of: value) : value.string
        }
        return nil
    }

    private static func last(of list: JSONValue) -> String? {
        guard list.count > 0, let last = list[list.count - 1] else { return nil }
        return text(of: last)
    }

    /// The text of a string, a message, a part, or several; what has none, such as an image, adds nothing.
    ///
    /// Chat and Messages keep it in `content` and `text`; a result of a tool is in `content` there and in `output` of
    /// a Responses item.
    private static func text(of value: JSONValue) -> String? {
        switch value.kind {
        case .string: return value.string
        case .array:
            let texts = value.elements.compactMap(text(of:))
            return texts.isEmpty ? nil : texts.joined(separator: "\n")
        case .object:
            for name in ["content", "text", "output"] {
                if let inner = value[name], !inner.isNull { return text(of: inner) }
            }
            return nil
        default: return nil
        }
    }
}

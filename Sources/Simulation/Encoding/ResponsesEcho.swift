internal import OpenRouterAPI

/// The settings of a request as its response repeats them.
struct ResponsesEcho: Sendable {
    private let body: JSONValue

    init(_ body: JSONValue) {
        self.body = body
    }

    /// A member as it was sent; nil when it is missing or null.
    subscript(name: String) -> JSON? {
        body[name].flatMap { $0.isNull ? nil : JSON($0) }
    }

    /// `text`, whose format is always there.
    var text: JSON {
        let sent = self["text"]?.members
        var text: JSONObject = ["format": sent?["format"] ?? ["type": "text"]]
        if let verbosity = sent?["verbosity"], verbosity != .null { text.append("verbosity", verbosity) }
        return .object(text)
    }

    /// `reasoning`; OpenAI fills in what was not said.
    func reasoning(isNative: Bool) -> JSON {
        guard let sent = self["reasoning"]?.members else { return .null }
        guard isNative else { return .object(sent) }
        var reasoning = sent
        if reasoning["effort"] ?? .null == .null { reasoning["effort"] = "medium" }
        if reasoning["summary"] ?? .null == .null { reasoning["summary"] = "auto" }
        return .object(reasoning)
    }
}

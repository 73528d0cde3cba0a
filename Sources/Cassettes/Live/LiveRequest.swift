internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import Tapes

/// A recorded request as a live API can be asked it, or why it cannot.
struct LiveRequest {
    /// Why a recorded request is not sent; a sentence for people.
    struct Refusal: Error {
        var reason: String
    }

    let request: Request
    /// What its recording says it cost; zero for what costs nothing.
    let cost: USD

    /// Paths below `/api/v1` that ask a model and change nothing but the bill.
    private static let inference = [
        "/chat/completions", "/completions", "/responses", "/messages", "/embeddings", "/rerank", "/images",
        "/audio/speech", "/audio/transcriptions", "/messages/count_tokens",
    ]
    /// Failures that say something of a key or a moment, not of the API.
    private static let passing: Set<Int> = [401, 402, 403, 408, 429]

    /// - Parameters:
    ///   - recorded: the recording.
    ///   - key: the account's that is asked.
    ///   - budget: says what is left out.
    /// - Throws: ``Refusal`` if it is not to be sent.
    init(_ recorded: Interaction, key: String, _ budget: LiveBudget) throws(Refusal) {
        guard recorded.completion == .finished else {
            throw Refusal(reason: "its recording is not whole")
        }
        guard let status = recorded.tape.head?.status.code, [.complete, .close].contains(recorded.tape.ending) else {
            throw Refusal(reason: "its recorded answer broke off")
        }
        guard !Self.passing.contains(status), status < 500 else {
            throw Refusal(reason: "its recorded answer is a failure of the moment (\(status))")
        }
        let request = recorded.request
        guard !Self.hasPlaceholder(request.target.raw.utf8), !Self.hasPlaceholder(request.body.readableBytesView) else {
            throw Refusal(reason: "it held a secret, which the cassette does not have")
        }
        let isRead = request.method == .get || request.method == .head
        let isInference = request.method == .post && Self.inference.contains(Self.path(of: request))
        guard isRead || isInference || budget.includesChanges else {
            throw Refusal(reason: "it may change the account; --include-changes sends it")
        }
        let cost = isInference && status < 300 ? AnswerCosts.cost(of: recorded.tape) : .zero
        guard cost != nil || budget.includesUnpriced else {
            throw Refusal(reason: "its recording does not say what it cost; --include-unpriced sends it")
        }
        self.request = Self.live(request, key: key)
        self.cost = cost ?? .zero
    }

    /// Whether the request names one thing, such as a key or a generation, which another account does not have.
    var namesOneThing: Bool {
        request.method == .get
            && (request.target.queryItems.contains { $0.name == "id" }
                || request.target.path.split(separator: "/").count > 3)
    }

    private static func path(of request: Request) -> String {
        let path = request.target.path
        for base in ["/api/v1", "/api/alpha"] where path.hasPrefix(base + "/") {
            return String(path.dropFirst(base.count))
        }
        return path
    }

    private static func hasPlaceholder(_ bytes: some Collection<UInt8>) -> Bool {
        Array(bytes).withUnsafeBufferPointer { !Placeholder.ranges(in: $0).isEmpty }
    }

    private static func live(_ recorded: Request, key: String) -> Request {
        var request = recorded
        request.fields = HTTPFields()
        for field in recorded.fields where field.name != .acceptEncoding {
            let isRedacted = field.withUnsafeBytesOfValue { hasPlaceholder($0) }
            if !isRedacted { request.fields.append(field) }
        }
        request.fields[.authorization] = "Bearer \(key)"
        return request
    }
}

package import OpenRouterAPI
internal import Tapes

/// What `/generation` knows of one answer.
package struct GenerationRecord: Sendable, Codable {
    /// Which kind of API was asked (schema `GenerationResponse.api_type`).
    package enum APIType: String, Sendable, CaseIterable, Codable {
        case completions, embeddings, rerank, tts, stt, video, image
    }

    /// A provider that was tried.
    package struct Attempt: Sendable, Hashable, Codable {
        package var provider: String
        package var model: String
        package var status: Int
        package var latencyMilliseconds: Int
        /// Whether a provider key of the account's own was used.
        package var isBYOK = false
    }

    package var id: String
    package let accountID: String
    package let workspaceID: String
    package let keyHash: String
    /// The member of the account who has made the key.
    package let userID: String
    /// Microseconds since 1970.
    package var createdAt: Int64
    package var apiType = APIType.completions
    package var model = ""
    /// The id and the permanent slug of ``model`` in the catalog; nil where that is not known.
    package var listedModel: String?
    package var permaslug: String?
    /// Which one of all endpoints has answered, as ``RouteCandidate/key`` names it.
    package var endpoint: String?
    package var provider: String?
    package var providerSlug: String?
    package var router: String?
    /// The `Referer` as sent.
    package var referer: String?
    package var userAgent: String?
    package var app: AppAttribution?
    package var externalUser: String?
    package var sessionID: String?
    package var presetID: String?
    package var isStreamed = false
    package var isCancelled = false
    package var finishReason: String?
    package var nativeFinishReason: String?
    package var usage = TokenUsage(prompt: 0, completion: 0)
    package var cost = USD.zero
    /// What the provider charges to a key of the account's own; zero where the call went through OpenRouter's.
    package var byokCost = USD.zero
    /// Whether a provider key of the account's own was used.
    package var isBYOK = false
    /// What the provider charges for what was sent, and for what came back; zero where it is not known.
    package var promptCost = USD.zero
    package var completionCost = USD.zero
    /// What prompt caching saved; below zero where it cost more.
    package var cacheDiscount = USD.zero
    /// What of ``cost`` is for tools on OpenRouter's side, and what of that for parsing files.
    package var toolFees = USD.zero
    package var fileFees = USD.zero
    package var serviceTier = "default"
    /// To the first token, and to the last.
    package var latencyMilliseconds = 0
    package var generationMilliseconds = 0
    package var attempts: [Attempt] = []
    package var searchEngine: String?
    package var searchResultCount: Int?
    package var fetchCount = 0
    /// Generation whose cached answer this one repeats.
    package var cacheSourceID: String?
    package var content: GenerationContent?

    package init(id: String, payer: Payer, createdAt: Int64) {
        self.id = id
        accountID = payer.accountID
        workspaceID = payer.workspaceID
        keyHash = payer.keyHash
        userID = payer.userID
        self.createdAt = createdAt
    }

    package init(id: String, caller: Caller, createdAt: Int64) {
        self.init(id: id, payer: Payer(caller.key, of: caller.account), createdAt: createdAt)
    }

    /// What is known of an answer before it is made.
    init(_ call: Call, id: String) {
        self.init(id: id, caller: call.caller, createdAt: call.world.now)
        note(call.fields)
    }

    /// Notes what the request's header fields say of who asks.
    package mutating func note(_ fields: KnownFields) {
        referer = fields.referer
        userAgent = fields.userAgent
        app = fields.app
    }

    /// Notes which endpoint has answered.
    mutating func note(_ candidate: RouteCandidate) {
        router = candidate.router
        providerSlug = candidate.endpoint.provider.slug
        listedModel = candidate.model.id
        permaslug = candidate.model.permaslug
        endpoint = candidate.key
    }
}

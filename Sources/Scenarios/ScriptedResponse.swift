package import OpenRouterAPI
package import Tapes

/// What a rule answers with.
package enum ScriptedResponse: Sendable {
    /// Nothing: whoever would answer without the scenario does, with the rule's faults.
    case pass
    /// An error of OpenRouter's own, told before any provider is asked.
    case error(ScriptedError)
    /// A whole answer, byte for byte.
    case whole(WholeAnswer)
    /// What whichever provider answers says, shaped by each API's encoder and billed.
    case steps([ScriptStep])
    /// What the providers meant do; of several scripts that mean one, the first counts. The others answer as always.
    case providers([ProviderScript])
}

/// An error of OpenRouter or of a provider.
package struct ScriptedError: Sendable, Hashable {
    /// HTTP status; nil for the type's own.
    package var status: Int?
    /// The stable name; nil for the status's usual one.
    package var type: ErrorType?
    /// Nil for the usual wording.
    package var message: String?
    /// The provider's own code.
    package var code: String?
    /// What the provider sent, as text.
    package var raw: String?
    /// Nil for no Retry-After.
    package var retryAfter: Duration?
    /// Members beside those that the type has.
    package var metadata: JSONObject
    /// Why a model cannot be had, in an error of OpenRouter's own; nil leaves the member out.
    ///
    /// The models are those of the request.
    package var availability: Availability?
    /// Whether it comes as the body of a 200.
    package var isIn200: Bool
    /// Beside the usual ones.
    package var fields: [ScriptedField]

    package init(
        status: Int? = nil,
        type: ErrorType? = nil,
        message: String? = nil,
        code: String? = nil,
        raw: String? = nil,
        retryAfter: Duration? = nil,
        metadata: JSONObject = [:],
        availability: Availability? = nil,
        isIn200: Bool = false,
        fields: [ScriptedField] = []
    ) {
        self.status = status
        self.type = type
        self.message = message
        self.code = code
        self.raw = raw
        self.retryAfter = retryAfter
        self.metadata = metadata
        self.availability = availability
        self.isIn200 = isIn200
        self.fields = fields
    }
}

extension ScriptedError {
    /// Rounded up, as Retry-After has it (RFC 9110 §10.2.3); nil without one.
    package var retryAfterSeconds: Int? {
        retryAfter.map { Int(($0.microseconds + 999_999) / 1_000_000) }
    }
}

/// A header field as it was written.
package struct ScriptedField: Sendable, Hashable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// An answer of the user's own making.
package struct WholeAnswer: Sendable {
    package var status: Int
    package var fields: [ScriptedField]
    /// Body parts with the pauses before them.
    package var frames: [Frame]
    package var ending: Ending
    /// False for raw bytes instead of a head.
    package var hasHead: Bool

    package init(
        status: Int = 200,
        fields: [ScriptedField] = [],
        frames: [Frame],
        ending: Ending = .complete,
        hasHead: Bool = true
    ) {
        self.status = status
        self.fields = fields
        self.frames = frames
        self.ending = ending
        self.hasHead = hasHead
    }
}

/// One thing that a provider says or does; the same for every inference API.
package enum ScriptStep: Sendable, Hashable {
    /// Keep-alive comments: how many, and the time before each.
    case comment(text: String?, count: Int, every: Duration)
    case reasoning(ScriptedText)
    case text(ScriptedText)
    case refusal(ScriptedText)
    /// The arguments are an object.
    case toolCall(id: String?, name: String, arguments: JSON)
    case pause(Duration)
    /// Before anything was said a failure of the provider, after it an error in the stream.
    case error(ScriptedError)
    /// Token counts instead of those that were counted; nil leaves one alone.
    case usage(promptTokens: Int?, completionTokens: Int?, reasoningTokens: Int?, cachedTokens: Int?)
    /// `stop`, `length`, `tool_calls`, `content_filter`, `error`.
    case finish(reason: String)
    /// An event whose data is this text.
    case data(String)
    /// Bytes in the body as they are.
    case raw(String)
    /// The end of everything.
    case cut(Ending)
}

/// Words of a provider, and how they are cut into deltas and spread over time.
package struct ScriptedText: Sendable, Hashable {
    package enum Chunking: String, Sendable, CaseIterable {
        /// As a tokenizer of the usual kind would.
        case tokens
        case words
        case characters
        /// One delta.
        case whole
    }

    package var value: String
    package var chunk: Chunking
    /// The time before each delta.
    package var every: Duration
    /// At most so much more or less, by the world's seed.
    package var jitter: Duration

    package init(_ value: String, chunk: Chunking = .tokens, every: Duration = .zero, jitter: Duration = .zero) {
        self.value = value
        self.chunk = chunk
        self.every = every
        self.jitter = jitter
    }
}

internal import OpenRouterAPI
internal import Scenarios
internal import Simulation
internal import Tapes

extension ProviderFailure {
    /// A failure as a script states it; what it leaves open is as usual for its type.
    init(_ error: ScriptedError) {
        let type = error.type ?? ErrorType(status: error.status ?? 502)
        self.init(
            type,
            status: error.status,
            raw: error.raw,
            providerCode: error.code,
            retryAfter: error.retryAfter.map(\.wholeSeconds)
        )
        if let message = error.message { self.message = message }
        metadata = error.metadata
    }
}

extension APIError {
    /// An error of OpenRouter's own as a script states it.
    init(_ error: ScriptedError) {
        let type = error.type ?? ErrorType(status: error.status ?? 500)
        var metadata: JSONObject = ["error_type": .string(type.rawValue)]
        metadata.append("provider_code", error.code.map { .string($0) })
        metadata.append("raw", error.raw.map { .string($0) })
        metadata.append(contentsOf: error.metadata)
        self.init(
            status: error.status ?? type.status,
            message: error.message ?? type.usualMessage,
            metadata: metadata,
            fields: (error.retryAfter.map { [Field("Retry-After", String($0.wholeSeconds))] } ?? [])
                + error.fields.map { Field($0.name, $0.value) }
        )
    }
}

extension ErrorType {
    /// The type that answers of a status usually have.
    fileprivate init(status: Int) {
        self = Self.allCases.first { $0.status == status && !Self.special.contains($0) } ?? .unmapped
    }

    private static let special: Set<ErrorType> = [
        .contextLengthExceeded, .maxTokensExceeded, .tokenLimitExceeded, .stringTooLong, .unmapped,
    ]

    /// The wording of errors that say nothing special.
    fileprivate var usualMessage: String {
        switch self {
        case .authentication: "User not found."
        case .paymentRequired: "Insufficient credits. Add more using https://openrouter.ai/settings/credits"
        case .rateLimitExceeded: "Rate limit exceeded"
        case .server, .unmapped: "Internal Server Error"
        case .notFound: "Not Found"
        default: "Provider returned error"
        }
    }
}

extension Duration {
    /// Rounded up, as Retry-After has it (RFC 9110 §10.2.3).
    fileprivate var wholeSeconds: Int {
        Int((microseconds + 999_999) / 1_000_000)
    }
}

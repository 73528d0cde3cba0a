package import OpenRouterAPI

/// How one provider failed to answer.
///
/// Before the first token the router goes on to the next provider; after it the failure is told inside the stream.
package struct ProviderFailure: Sendable, Hashable, Codable {
    package var type: ErrorType

    /// The HTTP status the client sees when no other provider helps.
    package var status: Int

    package var message: String

    /// What the provider sent, often JSON as text; nil where nothing was said.
    package var raw: String?

    /// The provider's own code.
    package var providerCode: String?

    /// Seconds after which the provider takes requests again; nil when it gave no hint.
    package var retryAfter: Int?

    /// Members of `error.metadata` beside those that the type has.
    package var metadata: JSONObject = [:]

    /// - Parameters:
    ///   - type: the stable name.
    ///   - status: nil for the type's own.
    ///   - message: the generic wording, as observed most often.
    ///   - raw: what the provider sent.
    ///   - providerCode: its own code.
    ///   - retryAfter: seconds.
    package init(
        _ type: ErrorType,
        status: Int? = nil,
        message: String = "Provider returned error",
        raw: String? = nil,
        providerCode: String? = nil,
        retryAfter: Int? = nil
    ) {
        self.type = type
        self.status = status ?? type.status
        self.message = message
        self.raw = raw
        self.providerCode = providerCode
        self.retryAfter = retryAfter
    }

    /// Whether another provider of the same model may do better: after overload, limits and outages, not after a
    /// request that the provider refused (reference: platform §1.6, §1.7).
    package var isFallbackable: Bool {
        status == 429 || status == 408 || status >= 500
    }
}

extension ProviderFailure {
    /// The failure as the chunk, event or body that tells it in an answer that has begun.
    ///
    /// An internal error says nothing of itself (reference: inference §1.7).
    package var inAnswer: APIError {
        guard status != 500 else {
            return APIError(
                status: 500,
                message: "Internal Server Error",
                metadata: ["error_type": .string(type.rawValue)]
            )
        }
        var metadata: JSONObject = ["error_type": .string(type.rawValue)]
        metadata.append("provider_code", providerCode.map { .string($0) })
        metadata.append("raw", raw.map { .string($0) })
        metadata.append(contentsOf: self.metadata)
        return APIError(status: status, message: message, metadata: metadata)
    }
}

/// The shapes in which the APIs tell one failure.
package enum ErrorSkin: Sendable, Hashable {
    /// All routes but `/messages`.
    case openRouter
    /// `/messages`.
    case anthropic
}

extension APIError {
    /// The stable name of the failure: the one in the metadata, or what the status says.
    package var type: ErrorType {
        if case .string(let name) = metadata?["error_type"], let type = ErrorType(rawValue: name) { return type }
        return ErrorType(status: status)
    }

    /// The body of an answer that is this failure.
    ///
    /// - Parameters:
    ///   - skin: the API that answers.
    ///   - context: what the answer knows besides the failure.
    /// - Returns: the envelope, members in the order observed.
    package func envelope(_ skin: ErrorSkin, _ context: EnvelopeContext = EnvelopeContext()) -> JSON {
        if !issues.isEmpty { return ZodIssue.envelope(issues) }
        var envelope: JSONObject
        switch skin {
        case .openRouter:
            envelope = ["error": .object(detail)]
            envelope.append("user_id", context.userID.map { .string($0) })
        case .anthropic:
            envelope = [
                "type": "error",
                "error": .object(anthropicDetail),
                "request_id": context.generationID.map { .string($0) } ?? .null,
            ]
            envelope.append("metadata", anthropicMetadata)
        }
        if context.wantsRouterMetadata { envelope.append("openrouter_metadata", routerMetadata) }
        return .object(envelope)
    }

    /// `error` as chat, completions, responses and the others write it: message, code, metadata, availability.
    package var detail: JSONObject {
        var error: JSONObject = ["message": .string(message), "code": .integer(status)]
        error.append("metadata", metadata.map { .object($0) })
        error.append("availability", availability.map { .object($0) })
        return error
    }

    /// `error` as `/messages` writes it, in answers and in streams (reference: inference §5.3, §5.5).
    package var anthropicDetail: JSONObject {
        var error: JSONObject = [
            "type": .string(type.anthropicType),
            "message": .string(message),
            "error_type": .string(type.rawValue),
        ]
        error.append("availability", availability.map { .object($0) })
        return error
    }

    /// The metadata beside the Anthropic `error` (schema `AnthropicMessagesErrorResponse`), without the type, which
    /// stands in it; nil when there is nothing else.
    private var anthropicMetadata: JSON? {
        guard var metadata else { return nil }
        metadata["error_type"] = nil
        return metadata.isEmpty ? nil : .object(metadata)
    }
}

/// What an error envelope holds that is not the failure's own.
package struct EnvelopeContext: Sendable, Hashable {
    /// Owner of the key; nil before authentication.
    package var userID: String?
    /// Nil for failures before routing.
    package var generationID: String?
    /// Whether the client asked for `openrouter_metadata`.
    package var wantsRouterMetadata: Bool

    package init(userID: String? = nil, generationID: String? = nil, wantsRouterMetadata: Bool = false) {
        self.userID = userID
        self.generationID = generationID
        self.wantsRouterMetadata = wantsRouterMetadata
    }
}

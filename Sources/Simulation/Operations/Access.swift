internal import OpenRouterAPI

/// Who may call an operation (reference: platform §6.1).
enum Access: Sendable {
    /// Anybody; a bearer token is ignored, even a wrong one.
    case anybody
    /// Keys for inference.
    case inferenceKey
    /// Keys for management.
    case managementKey
    /// Any valid key.
    case anyKey
}

extension Access {
    var needsKey: Bool { self != .anybody }

    /// - Throws: ``APIError`` 403 for a key of the wrong kind.
    func check(_ kind: APIKey.Kind) throws(APIError) {
        switch (self, kind) {
        case (.inferenceKey, .management): throw .managementKeyForInference
        case (.managementKey, .inference): throw .managementKeyNeeded
        default: break
        }
    }
}

extension APIKey {
    /// - Throws: ``APIError`` 401 for a key that is switched off or past its time.
    func checkUsable(at now: Int64) throws(APIError) {
        if isDisabled { throw .disabledKey }
        if let expiresAt, expiresAt <= now { throw .expiredKey }
    }
}

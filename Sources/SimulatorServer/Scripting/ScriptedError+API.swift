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
            retryAfter: error.retryAfterSeconds
        )
        if let message = error.message { self.message = message }
        metadata = error.metadata
    }
}

extension APIError {
    /// An error of OpenRouter's own as a script states it.
    init(_ error: ScriptedError) {
        let type = error.type ?? error.availability?.code.errorType ?? ErrorType(status: error.status ?? 500)
        let status = error.status ?? type.status
        var metadata: JSONObject = ["error_type": .string(type.rawValue)]
        metadata.append("provider_code", error.code.map { .string($0) })
        metadata.append("raw", error.raw.map { .string($0) })
        metadata.append(contentsOf: error.metadata)
        self.init(
            status: status,
            message: error.message ?? APIError.usualMessage(ofStatus: status),
            metadata: metadata,
            availability: error.availability?.json,
            fields: (error.retryAfterSeconds.map { [Field("Retry-After", "\($0)")] } ?? [])
                + error.fields.map { Field($0.name, $0.value) }
        )
    }
}

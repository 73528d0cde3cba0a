package import HTTPTypes

/// Header fields of OpenRouter's own (reference: platform §6.3).
extension HTTPField.Name {
    package static let xGenerationID = known("X-Generation-Id")
    package static let xProviderName = known("X-Provider-Name")
    package static let httpReferer = known("HTTP-Referer")
    package static let xAPIKey = known("X-Api-Key")
    package static let permissionsPolicy = known("Permissions-Policy")
    package static let referrerPolicy = known("Referrer-Policy")
    package static let simMiss = known("X-Sim-Miss")

    private static func known(_ name: String) -> HTTPField.Name {
        guard let field = HTTPField.Name(name) else { preconditionFailure("'\(name)' is no field name") }
        return field
    }
}

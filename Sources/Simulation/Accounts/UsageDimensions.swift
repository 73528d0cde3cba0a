/// What usage is counted by: generations that agree in all of this are added up.
struct UsageDimensions: Sendable, Hashable, Codable {
    let keyHash: String
    /// The member of the account who has made the key.
    let userID: String
    let workspaceID: String
    /// As listed, such as `openai/gpt-4o-mini`; variants keep their suffix.
    let model: String
    /// The permanent slug of the same.
    let permaslug: String
    /// Names the endpoint among all, as ``RouteCandidate/key`` does; nil where the catalog does not know it.
    fileprivate let endpoint: String?
    let provider: String?
    let apiType: GenerationRecord.APIType
    private(set) var app: AppAttribution?
    /// `user` of the request's body.
    private(set) var externalUser: String?

    /// Names the endpoint among all.
    var endpointName: String { endpoint ?? "\(model)@\(provider ?? "")" }

    /// What tells most from most others; the rest is only compared.
    func hash(into hasher: inout Hasher) {
        for digit in keyHash.utf8.prefix(8) { hasher.combine(digit) }
        hasher.combine(model)
        hasher.combine(app)
        hasher.combine(externalUser)
    }

    /// The same without what clients choose freely, and so may choose without end.
    var withoutClientTexts: UsageDimensions {
        var copy = self
        copy.app = nil
        copy.externalUser = nil
        return copy
    }
}

extension GenerationRecord {
    /// What it is counted by.
    var usageDimensions: UsageDimensions {
        UsageDimensions(
            keyHash: keyHash,
            userID: userID,
            workspaceID: workspaceID,
            model: listedModel ?? model,
            permaslug: permaslug ?? model,
            endpoint: endpoint,
            provider: provider,
            apiType: apiType,
            app: app,
            externalUser: externalUser.map { String($0.prefix(200)) }
        )
    }
}

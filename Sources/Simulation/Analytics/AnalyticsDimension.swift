/// What usage can be grouped and filtered by (reference: platform §3.5).
enum AnalyticsDimension: String, CaseIterable {
    case model
    case provider
    case apiKey = "api_key_id"
    case app
    case user
    case externalUser = "external_user"
    case workspace
    case origin
    case country
    case apiType = "api_type"
    case generation = "generation_id"
}

extension AnalyticsDimension {
    var label: String {
        switch self {
        case .model: "Model"
        case .provider: "Provider"
        case .apiKey: "API Key"
        case .app: "App"
        case .user: "User"
        case .externalUser: "External User"
        case .workspace: "Workspace"
        case .origin: "Origin"
        case .country: "Country"
        case .apiType: "API Type"
        case .generation: "Generation"
        }
    }

    /// What filters compare with; nil where the dimension is not set.
    ///
    /// Keys are their hashes, apps their numbers, workspaces and users their ids, models their permanent slugs.
    func value(of fact: AnalyticsFact) -> String? {
        let dimensions = fact.dimensions
        return switch self {
        case .model: dimensions.permaslug
        case .provider: dimensions.provider
        case .apiKey: dimensions.keyHash
        case .app: dimensions.app.map { String($0.id) }
        case .user: dimensions.userID
        case .externalUser: dimensions.externalUser
        case .workspace: dimensions.workspaceID
        case .origin: dimensions.app?.origin
        // Requests come from this machine, or are not asked where they come from.
        case .country: nil
        case .apiType: dimensions.apiType.rawValue
        case .generation: fact.generationID
        }
    }
}

/// Something that was used, as analytics counts it: a sum of a minute or a day, or one generation.
struct AnalyticsFact {
    /// In microseconds since 1970.
    let time: Int64
    let dimensions: UsageDimensions
    let sums: UsageSums
    /// Nil for a sum.
    var generationID: String?
}

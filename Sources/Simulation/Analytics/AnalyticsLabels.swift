internal import OpenRouterAPI

/// What rows show for the ids that are grouped by (reference: platform §3.5): names of keys, workspaces and users.
struct AnalyticsLabels {
    let platform: Platform
    let accountID: String

    /// The columns of a dimension.
    ///
    /// - Parameters:
    ///   - dimension: that is grouped by.
    ///   - value: nil where the dimension is not set.
    ///   - app: the app whose number `value` is; nil for other dimensions.
    /// - Returns: one column, and two for a user.
    func columns(_ dimension: AnalyticsDimension, _ value: String?, app: AppAttribution?) -> JSONObject {
        guard let value else {
            return dimension == .user
                ? [dimension.rawValue: .null, "user_email": .null] : [dimension.rawValue: .null]
        }
        switch dimension {
        case .apiKey: return [dimension.rawValue: .string(platform.keys[value]?.name ?? value)]
        case .workspace: return [dimension.rawValue: .string(platform.workspaces[value]?.name ?? value)]
        case .app: return [dimension.rawValue: .string(app?.name ?? value)]
        case .user:
            let name = platform.accounts[accountID]?.userID == value ? "Owner" : value
            return [
                dimension.rawValue: .string(name), "user_email": .string("\(value.lowercased())@example.org"),
            ]
        default: return [dimension.rawValue: .string(value)]
        }
    }

    /// What could not be made out of the filters.
    func warnings(_ filters: [AnalyticsFilter]) -> [String] {
        filters.filter { $0.dimension == .apiKey }.flatMap(\.values).compactMap { value in
            guard platform.keys[value]?.accountID != accountID else { return nil }
            return "api_key_id \(value) could not be resolved to a key of this account"
        }
    }
}

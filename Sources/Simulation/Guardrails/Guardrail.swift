internal import OpenRouterAPI

/// Rules for the requests of keys and members: who may serve them, what they may cost, what they may say (schema
/// `Guardrail`; reference: platform §5.3).
struct Guardrail: Sendable, Codable {
    let id: String
    let accountID: String
    let workspaceID: String
    /// Whether it counts for all requests of its workspace, whomever it is assigned to.
    let isWorkspaceDefault: Bool
    /// Microseconds since 1970.
    let createdAt: Int64
    var updatedAt: Int64?

    var name: String
    var description: String?

    /// What a key or a member may spend until the next reset; nil for any amount.
    var limit: USD?
    /// When spending starts anew; nil for never.
    var resetInterval: ResetInterval?
    /// Whether what providers charge for the account's own keys counts against the limit.
    var includesBYOKInLimit = false

    /// Providers as they were spelled; nil for all.
    var allowedProviders: [String]?
    /// Providers as they were spelled; nil for none.
    var ignoredProviders: [String]?
    /// Permanent slugs; nil for all.
    var allowedModels: [String]?
    /// Permanent slugs; nil for none.
    var ignoredModels: [String]?

    /// The deprecated `enforce_zdr` as it was sent; what counts is ``zeroDataRetention``.
    var enforcesZeroDataRetention: Bool?
    /// Whether a group's models may be served by endpoints without retention only; a group that is missing is free.
    var zeroDataRetention: [ModelGroup: Bool] = [:]
    /// Nil and true allow.
    var allowsPaidModelTraining: Bool?
    var allowsFreeModelTraining: Bool?
    var allowsFreeModelPublication: Bool?

    /// Nil and empty filter nothing.
    var contentFilters: [ContentFilter]?
    var builtinFilters: [BuiltinFilter]?

    init(
        id: String,
        workspace: Workspace,
        isWorkspaceDefault: Bool = false,
        name: String,
        createdAt: Int64
    ) {
        self.id = id
        accountID = workspace.accountID
        workspaceID = workspace.id
        self.isWorkspaceDefault = isWorkspaceDefault
        self.name = name
        self.createdAt = createdAt
    }
}

extension Guardrail {
    /// The authors that zero data retention is set for one by one (guide "Zero data retention", August 2026).
    enum ModelGroup: String, Sendable, Codable, CodingKeyRepresentable, CaseIterable {
        case anthropic, openai, google, xai, other

        /// The group of an author's models.
        init(author: String) {
            self =
                switch author {
                case "anthropic": .anthropic
                case "openai": .openai
                case "google": .google
                case "x-ai": .xai
                default: .other
                }
        }
    }
}

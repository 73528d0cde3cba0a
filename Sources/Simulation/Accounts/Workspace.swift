/// A part of an account with keys, budgets, members and settings of its own (schema `Workspace`).
package struct Workspace: Sendable, Codable {
    package let id: String
    package let accountID: String
    package var name: String
    /// Stands for the id in paths; no two workspaces of an account share one.
    package var slug: String
    package var description: String?

    /// Answers conversations that name no model; nil for the automatic router.
    package var defaultTextModel: String?
    /// Kept and shown: `POST /images` cannot do without a model.
    package var defaultImageModel: String?
    /// Sorts endpoints where a request does not say how.
    package var defaultProviderSort: ProviderPreferences.Sort?

    package var isDataDiscountLoggingEnabled = false
    package var isBroadcastEnabled = false
    package var contentLogging = ContentLogging()

    /// At most one an interval, from the narrowest to the widest.
    package var budgets: [WorkspaceBudget] = []
    /// Whether what providers charge for the account's own keys counts against the budgets, all of them.
    package var includesBYOKInBudgets = false

    /// Those that were added by hand; see ``Platform/members(of:)`` for all.
    package var addedMembers: [WorkspaceMember] = []

    package var creatorUserID: String?
    /// Microseconds since 1970, as ``updatedAt``.
    package let createdAt: Int64
    package var updatedAt: Int64?
    /// What its keys have spent.
    package var ledger = Ledger()

    init(id: String, accountID: String, name: String, slug: String, createdAt: Int64) {
        self.id = id
        self.accountID = accountID
        self.name = name
        self.slug = slug
        self.createdAt = createdAt
    }
}

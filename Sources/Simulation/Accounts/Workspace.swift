/// A part of an account with keys, budgets and settings of its own.
package struct Workspace: Sendable, Codable {
    package let id: String
    package let accountID: String
    package var name: String
    package var slug: String
    package let createdAt: Int64
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

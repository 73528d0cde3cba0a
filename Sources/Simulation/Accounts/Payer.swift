/// Where an answer is booked: on a key, its workspace and its account.
package struct Payer: Sendable {
    let accountID: String
    let workspaceID: String
    let keyHash: String
    /// The member of the account who has made the key.
    let userID: String

    init(_ key: APIKey, of account: Account) {
        accountID = key.accountID
        workspaceID = key.workspaceID
        keyHash = key.hash
        userID = key.creatorUserID ?? account.userID
    }
}

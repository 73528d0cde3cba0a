internal import OpenRouterAPI

extension Platform {
    /// The workspace that a management request is about: the one that it names, or else the default one.
    ///
    /// - Throws: ``APIError`` 400 for a workspace that the account has not, also when it is the default one that was
    ///   deleted.
    func workspaceID(_ name: String?, ofAccount account: Account) throws(APIError) -> String {
        let id = name ?? account.defaultWorkspaceID
        guard workspaces[id]?.accountID == account.id else {
            throw .invalidField(
                "workspace_id",
                expected: name == nil
                    ? "a workspace, as the default one was deleted" : "a workspace of this account",
                found: name.map { JSON.string($0).text } ?? "nothing"
            )
        }
        return id
    }
}

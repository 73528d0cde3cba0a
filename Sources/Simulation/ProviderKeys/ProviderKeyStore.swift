/// The providers' keys of all accounts.
struct ProviderKeyStore: Sendable, Codable {
    /// Keys that an account may have; ours, as none is published.
    static let limit = 1000

    /// By account, from the oldest to the newest.
    private var byAccount: [String: [ProviderKey]] = [:]

    func keys(ofAccount id: String) -> [ProviderKey] {
        byAccount[id] ?? []
    }

    /// Nil for a key that there is not.
    func key(_ id: String, ofAccount accountID: String) -> ProviderKey? {
        keys(ofAccount: accountID).first { $0.id == id }
    }

    /// The place of the account's next key of a provider.
    func nextSortOrder(ofAccount id: String, provider: String) -> Int {
        (keys(ofAccount: id).filter { $0.provider == provider }.map(\.sortOrder).max() ?? -1) + 1
    }

    mutating func insert(_ key: ProviderKey) {
        byAccount[key.accountID, default: []].append(key)
    }

    /// Puts a changed key in its old place.
    mutating func replace(_ key: ProviderKey) {
        guard let index = byAccount[key.accountID]?.firstIndex(where: { $0.id == key.id }) else { return }
        byAccount[key.accountID]?[index] = key
    }

    mutating func delete(_ key: ProviderKey) {
        byAccount[key.accountID]?.removeAll { $0.id == key.id }
    }

    /// What calls with an OpenRouter key may use, in the order of trial.
    func usable(with key: APIKey, by userID: String) -> [ProviderKey] {
        guard let keys = byAccount[key.accountID], !keys.isEmpty else { return [] }
        return keys.filter { $0.isUsable(with: key, by: userID) }.sorted { $0.sortOrder < $1.sortOrder }
    }
}

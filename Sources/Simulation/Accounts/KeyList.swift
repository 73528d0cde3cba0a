/// The keys that were created in an account, from the oldest to the newest, with what listings choose by: a page is found
/// without looking at each key.
struct KeyList: Sendable, Codable {
    private struct Entry: Sendable, Codable {
        let hash: String
        let workspaceID: String
        var isDisabled: Bool
    }

    private var entries: [Entry] = []

    var hashes: [String] { entries.map(\.hash) }

    func contains(_ hash: String) -> Bool {
        entries.contains { $0.hash == hash }
    }

    /// - Parameters:
    ///   - workspaceID: whose keys are listed.
    ///   - includesDisabled: whether those that are switched off are among them.
    ///   - offset: how many are left out at the beginning.
    ///   - limit: the most that are given.
    /// - Returns: hashes.
    func page(workspaceID: String, includesDisabled: Bool, offset: Int, limit: Int) -> [String] {
        entries.lazy
            .filter { (includesDisabled || !$0.isDisabled) && $0.workspaceID == workspaceID }
            .dropFirst(offset).prefix(limit).map(\.hash)
    }

    mutating func append(_ key: APIKey) {
        entries.append(Entry(hash: key.hash, workspaceID: key.workspaceID, isDisabled: key.isDisabled))
    }

    /// Notes that a key was switched on or off.
    mutating func update(_ key: APIKey) {
        guard let index = entries.firstIndex(where: { $0.hash == key.hash }) else { return }
        entries[index].isDisabled = key.isDisabled
    }

    mutating func remove(_ key: APIKey) {
        entries.removeAll { $0.hash == key.hash }
    }
}

extension KeyedDecodingContainer {
    /// Files of before there were lists of keys have none; ``Platform/listKeys()`` makes them.
    func decode(_ type: [String: KeyList].Type, forKey key: Key) throws -> [String: KeyList] {
        try decodeIfPresent(type, forKey: key) ?? [:]
    }
}

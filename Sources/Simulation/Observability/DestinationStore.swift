/// The destinations of all accounts.
struct DestinationStore: Sendable, Codable {
    /// Destinations of one type in a workspace (reference: platform §5.6).
    static let limit = 5

    /// By account, from the oldest to the newest.
    private var byAccount: [String: [Destination]] = [:]

    var isEmpty: Bool { byAccount.values.allSatisfy(\.isEmpty) }

    func destinations(ofAccount id: String) -> [Destination] {
        byAccount[id] ?? []
    }

    /// Nil for a destination that there is not.
    func destination(_ id: String, ofAccount accountID: String) -> Destination? {
        destinations(ofAccount: accountID).first { $0.id == id }
    }

    /// Whether a workspace may have no more of a type.
    func isFull(_ type: DestinationType, workspaceID: String, ofAccount id: String) -> Bool {
        destinations(ofAccount: id).count { $0.workspaceID == workspaceID && $0.config.type == type } >= Self.limit
    }

    mutating func insert(_ destination: Destination) {
        byAccount[destination.accountID, default: []].append(destination)
    }

    /// Puts a changed destination in its old place.
    mutating func replace(_ destination: Destination) {
        let accountID = destination.accountID
        guard let index = byAccount[accountID]?.firstIndex(where: { $0.id == destination.id }) else { return }
        byAccount[accountID]?[index] = destination
    }

    mutating func delete(_ destination: Destination) {
        byAccount[destination.accountID]?.removeAll { $0.id == destination.id }
    }
}

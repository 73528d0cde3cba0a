/// What makes everybody in a group a member of a workspace (schema `ScimGroupMapping`).
package struct GroupMapping: Sendable, Codable {
    /// A UUID.
    package let id: String
    package let groupID: String
    package let workspaceID: String
    package var role: WorkspaceMember.Role
    /// Microseconds since 1970, as ``updatedAt``.
    package let createdAt: Int64
    package var updatedAt: Int64
}

/// The mappings of each account, from the oldest to the newest.
///
/// A group and a workspace have at most one, so that there is no end of them only where there is none of workspaces.
package struct GroupMappingStore: Sendable, Codable {
    private var byAccount: [String: [GroupMapping]] = [:]

    func all(ofAccount id: String) -> [GroupMapping] {
        byAccount[id] ?? []
    }

    mutating func insert(_ mapping: GroupMapping, ofAccount id: String) {
        byAccount[id, default: []].append(mapping)
    }

    mutating func update(_ mapping: GroupMapping, ofAccount id: String) {
        guard let index = byAccount[id]?.firstIndex(where: { $0.id == mapping.id }) else { return }
        byAccount[id]?[index] = mapping
    }

    mutating func remove(ofAccount id: String, where isRemoved: (GroupMapping) -> Bool) {
        byAccount[id]?.removeAll(where: isRemoved)
    }
}

extension Platform {
    /// Takes a mapping away.
    ///
    /// - Parameters:
    ///   - mapping: of the account.
    ///   - accountID: whose it is.
    ///   - keepsMembers: whether those whom only the mapping had made members stay, as if they had been added by hand.
    mutating func delete(_ mapping: GroupMapping, ofAccount accountID: String, keepsMembers: Bool) {
        let before = workspace(mapping.workspaceID, ofAccount: accountID).map { members(of: $0) } ?? []
        groupMappings.remove(ofAccount: accountID) { $0.id == mapping.id }
        guard keepsMembers, let workspace = workspace(mapping.workspaceID, ofAccount: accountID),
            let userIDs = accounts[accountID]?.organization.group(mapping.groupID)?.userIDs
        else { return }
        let after = members(of: workspace)
        updateWorkspace(workspace.id) { workspace in
            for var member in before where userIDs.contains(member.userID) {
                // Another mapping still holds them, or they were added by hand before.
                if after.contains(where: { $0.userID == member.userID }) { continue }
                member.isManaged = false
                workspace.addedMembers.append(member)
            }
        }
    }
}

/// A user who works in a workspace (schema `WorkspaceMember`).
package struct WorkspaceMember: Sendable, Codable {
    package enum Role: String, Sendable, Codable, CaseIterable {
        case admin, member
    }

    package let userID: String
    package var role: Role
    /// Microseconds since 1970.
    package let createdAt: Int64
    /// Whether a group of the identity provider's is behind it, so that it can only be changed there.
    package var isManaged = false
}

extension Platform {
    /// Everybody in a workspace.
    ///
    /// In the default one that is the whole organization. Elsewhere it is who was added by hand, and who is in a group
    /// that is mapped to the workspace; with several roles the stronger one counts.
    func members(of workspace: Workspace) -> [WorkspaceMember] {
        guard let account = accounts[workspace.accountID] else { return [] }
        let organization = account.organization
        guard workspace.id != account.defaultWorkspaceID else {
            return organization.members.map { user in
                WorkspaceMember(userID: user.id, role: user.role.inWorkspaces, createdAt: workspace.createdAt)
            }
        }
        var members = workspace.addedMembers
        for mapping in groupMappings.all(ofAccount: account.id) where mapping.workspaceID == workspace.id {
            for userID in organization.group(mapping.groupID)?.userIDs ?? [] {
                if let index = members.firstIndex(where: { $0.userID == userID }) {
                    members[index].isManaged = true
                    if mapping.role == .admin { members[index].role = .admin }
                } else {
                    members.append(
                        WorkspaceMember(
                            userID: userID,
                            role: mapping.role,
                            createdAt: mapping.createdAt,
                            isManaged: true
                        )
                    )
                }
            }
        }
        return members
    }

    /// Adds users to a workspace, with the role that they have in the organization.
    ///
    /// - Parameters:
    ///   - users: of the organization.
    ///   - workspace: not the default one.
    ///   - now: microseconds since 1970.
    /// - Returns: the memberships that are new or have another role than before.
    mutating func add(_ users: [Organization.Member], to workspace: Workspace, at now: Int64) -> [WorkspaceMember] {
        let existing = members(of: workspace)
        var added = workspace.addedMembers
        var changed: [WorkspaceMember] = []
        for user in users {
            let role = user.role.inWorkspaces
            if let member = existing.first(where: { $0.userID == user.id }), member.isManaged || member.role == role {
                continue
            }
            let index = added.firstIndex { $0.userID == user.id }
            let createdAt = index.map { added[$0].createdAt } ?? now
            let member = WorkspaceMember(userID: user.id, role: role, createdAt: createdAt)
            if let index { added[index] = member } else { added.append(member) }
            changed.append(member)
        }
        updateWorkspace(workspace.id) { $0.addedMembers = added }
        return changed
    }

    /// Takes users out of a workspace.
    ///
    /// - Returns: how many were in it.
    mutating func remove(_ userIDs: Set<String>, from workspace: Workspace) -> Int {
        let kept = workspace.addedMembers.filter { !userIDs.contains($0.userID) }
        updateWorkspace(workspace.id) { $0.addedMembers = kept }
        return workspace.addedMembers.count - kept.count
    }
}

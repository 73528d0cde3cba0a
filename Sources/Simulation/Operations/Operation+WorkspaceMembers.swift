internal import HTTPTypes
internal import OpenRouterAPI

/// Who works in a workspace (reference: platform §5.4).
extension Operation {
    private static let users = ObjectShape(.required("user_ids", .array(of: .text, count: 1...100)))

    /// `GET /workspaces/{id}/members`.
    static let listWorkspaceMembers = Operation(
        "listWorkspaceMembers",
        .get,
        "/workspaces/:id/members",
        .managementKey,
        query: QueryParameter.page
    ) { call throws(APIError) in
        let page = try ListPage(call.query.items)
        let (workspace, members) = try call.world.withPlatform { platform, _ throws(APIError) in
            let workspace = try platform.namedWorkspace(call)
            return (workspace, platform.members(of: workspace))
        }
        return page.answer(members) { $0.json(workspaceID: workspace.id) }
    }

    /// `POST /workspaces/{id}/members/add`: all users or, where one is unknown, none.
    static let addWorkspaceMembers = Operation(
        "bulkAddWorkspaceMembers",
        .post,
        "/workspaces/:id/members/add",
        .managementKey,
        body: users
    ) { call, body throws(APIError) in
        let organization = call.caller.account.organization
        let ids = body["user_ids"]?.elements.compactMap(\.string) ?? []
        let (workspace, added) = try call.world.withPlatform { platform, now throws(APIError) in
            let workspace = try platform.workspaceWithOwnMembers(call)
            var users: [Organization.Member] = []
            for (index, id) in ids.enumerated() {
                guard let user = organization.member(id) else {
                    throw .invalidField(
                        "user_ids[\(index)]",
                        expected: "a member of the organization",
                        found: JSON.string(id).text
                    )
                }
                if !users.contains(where: { $0.id == id }) { users.append(user) }
            }
            return (workspace, platform.add(users, to: workspace, at: now))
        }
        return .json([
            "data": .array(added.map { $0.json(workspaceID: workspace.id) }), "added_count": .integer(added.count),
        ])
    }

    /// `POST /workspaces/{id}/members/remove`: all users or, where one cannot be removed, none; those who are not in it
    /// do not count.
    static let removeWorkspaceMembers = Operation(
        "bulkRemoveWorkspaceMembers",
        .post,
        "/workspaces/:id/members/remove",
        .managementKey,
        body: users
    ) { call, body throws(APIError) in
        let ids = Set(body["user_ids"]?.elements.compactMap(\.string) ?? [])
        let count = try call.world.withPlatform { platform, now throws(APIError) in
            let workspace = try platform.workspaceWithOwnMembers(call)
            let keyOwners = Set(platform.activeKeys(in: workspace, at: now).compactMap(\.creatorUserID))
            for member in platform.members(of: workspace) where ids.contains(member.userID) {
                if member.isManaged { throw .managedMember(member.userID) }
                if keyOwners.contains(member.userID) { throw .memberWithKeys(member.userID) }
            }
            return platform.remove(ids, from: workspace)
        }
        return .json(["removed_count": .integer(count)])
    }
}

extension Platform {
    /// - Throws: ``APIError`` 404 when there is no such workspace, 403 for the default one, in which everybody is.
    fileprivate func workspaceWithOwnMembers(_ call: Call) throws(APIError) -> Workspace {
        let workspace = try namedWorkspace(call)
        guard workspace.id != call.caller.account.defaultWorkspaceID else { throw .everybodyInDefaultWorkspace }
        return workspace
    }
}

extension WorkspaceMember {
    /// Schema `WorkspaceMember`.
    fileprivate func json(workspaceID: String) -> JSON {
        [
            "id": .string(NameUUID.text(userID, in: workspaceID)),
            "workspace_id": .string(workspaceID),
            "user_id": .string(userID),
            "role": .string(role.rawValue),
            "created_at": createdAt.json,
        ]
    }
}

/// The wordings are ours.
extension APIError {
    fileprivate static let everybodyInDefaultWorkspace = APIError(
        status: 403,
        message: "Every member of the organization is in its default workspace; that cannot be changed",
        metadata: ["error_type": "permission_denied"]
    )

    fileprivate static func managedMember(_ id: String) -> APIError {
        APIError(
            status: 400,
            message: "\(id) is managed by SCIM; make the change in your identity provider",
            metadata: ["error_type": "invalid_request"]
        )
    }

    fileprivate static func memberWithKeys(_ id: String) -> APIError {
        APIError(
            status: 400,
            message: "\(id) has active API keys in the workspace; remove them first",
            metadata: ["error_type": "invalid_request"]
        )
    }
}

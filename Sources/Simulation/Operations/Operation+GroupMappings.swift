internal import HTTPTypes
internal import OpenRouterAPI

/// Groups of the identity provider, and the workspaces that they are mapped to (reference: platform §5.7).
extension Operation {
    private static let role = ObjectShape.Member.required("role", .choice(of: WorkspaceMember.Role.self))

    /// `GET /scim/groups`.
    static let listSCIMGroups = Operation(
        "listScimGroups",
        .get,
        "/scim/groups",
        .managementKey,
        query: QueryParameter.page
    ) { call throws(APIError) in
        let page = try ListPage(call.query.items)
        let account = call.caller.account
        let first = call.world.withPlatform { platform, _ in platform.workspaces(ofAccount: account.id).first }
        return page.answer(account.organization.groups) { group in
            [
                "id": .string(group.id),
                "organization_id": .string(account.id),
                "external_id": group.externalID.json,
                "display_name": .string(group.name),
                // As old as the account.
                "created_at": (first?.createdAt).json,
                "updated_at": (first?.createdAt).json,
            ]
        }
    }

    /// `GET /scim/group-mappings`, from the oldest to the newest.
    static let listGroupMappings = Operation(
        "listScimGroupMappings",
        .get,
        "/scim/group-mappings",
        .managementKey,
        query: QueryParameter.page
    ) { call throws(APIError) in
        let page = try ListPage(call.query.items)
        let mappings = call.world.withPlatform { platform, _ in platform.groupMappings.all(ofAccount: call.accountID) }
        return page.answer(mappings) { $0.json(accountID: call.accountID) }
    }

    /// `POST /scim/group-mappings`.
    static let createGroupMapping = Operation(
        "createScimGroupMapping",
        .post,
        "/scim/group-mappings",
        .managementKey,
        body: ObjectShape(.required("scim_group_id", .uuid), .required("workspace_id", .uuid), role),
        status: 201
    ) { call, body throws(APIError) in
        let groupID = body["scim_group_id"]?.string ?? ""
        guard let group = call.caller.account.organization.group(groupID) else {
            throw .resourceNotFound("SCIM group", groupID)
        }
        let mapping = try call.world.withPlatform { platform, now throws(APIError) in
            let workspaceID = body["workspace_id"]?.string ?? ""
            guard let workspace = platform.workspace(workspaceID, ofAccount: call.accountID) else {
                throw .resourceNotFound("Workspace", workspaceID)
            }
            let others = platform.groupMappings.all(ofAccount: call.accountID)
            guard !others.contains(where: { $0.groupID == group.id && $0.workspaceID == workspace.id }) else {
                throw .groupIsMapped(group.name, workspace: workspace.slug)
            }
            let mapping = GroupMapping(
                id: platform.identifiers.uuid(),
                groupID: group.id,
                workspaceID: workspace.id,
                role: body.role,
                createdAt: now,
                updatedAt: now
            )
            platform.groupMappings.insert(mapping, ofAccount: call.accountID)
            return mapping
        }
        return .json(["data": mapping.json(accountID: call.accountID)])
    }

    /// `GET /scim/group-mappings/{id}`.
    static let getGroupMapping = Operation(
        "getScimGroupMapping",
        .get,
        "/scim/group-mappings/:id",
        .managementKey
    ) { call throws(APIError) in
        let mapping = try call.world.withPlatform { platform, _ throws(APIError) in
            try platform.namedGroupMapping(call)
        }
        return .json(["data": mapping.json(accountID: call.accountID)])
    }

    /// `PATCH /scim/group-mappings/{id}`.
    static let updateGroupMapping = Operation(
        "updateScimGroupMapping",
        .patch,
        "/scim/group-mappings/:id",
        .managementKey,
        body: ObjectShape(role)
    ) { call, body throws(APIError) in
        let mapping = try call.world.withPlatform { platform, now throws(APIError) in
            var mapping = try platform.namedGroupMapping(call)
            mapping.role = body.role
            mapping.updatedAt = now
            platform.groupMappings.update(mapping, ofAccount: call.accountID)
            return mapping
        }
        return .json(["data": mapping.json(accountID: call.accountID)])
    }

    /// `DELETE /scim/group-mappings/{id}?keep_members=`, which has no default, lest members are lost by accident.
    static let deleteGroupMapping = Operation(
        "deleteScimGroupMapping",
        .delete,
        "/scim/group-mappings/:id",
        .managementKey,
        query: [QueryParameter("keep_members", .bool, isRequired: true)]
    ) { call throws(APIError) in
        try call.world.withPlatform { platform, _ throws(APIError) in
            platform.delete(
                try platform.namedGroupMapping(call),
                ofAccount: call.accountID,
                keepsMembers: call.query.isOn("keep_members")
            )
        }
        return .deleted
    }
}

extension Platform {
    /// The mapping of the caller's account that the path names.
    ///
    /// - Throws: ``APIError`` 404 when there is none.
    fileprivate func namedGroupMapping(_ call: Call) throws(APIError) -> GroupMapping {
        let id = call.pathParameters["id", default: ""]
        guard let mapping = groupMappings.all(ofAccount: call.accountID).first(where: { $0.id == id }) else {
            throw .resourceNotFound("SCIM group mapping", id)
        }
        return mapping
    }
}

extension JSONValue {
    /// Of a body whose shape has been checked.
    fileprivate var role: WorkspaceMember.Role {
        self["role"]?.string.flatMap(WorkspaceMember.Role.init(rawValue:)) ?? .member
    }
}

extension GroupMapping {
    /// Schema `ScimGroupMapping`.
    fileprivate func json(accountID: String) -> JSON {
        [
            "id": .string(id),
            "organization_id": .string(accountID),
            "scim_group_id": .string(groupID),
            "workspace_id": .string(workspaceID),
            "role": .string(role.rawValue),
            "created_at": createdAt.json,
            "updated_at": updatedAt.json,
        ]
    }
}

extension APIError {
    /// The wording is ours.
    fileprivate static func groupIsMapped(_ group: String, workspace: String) -> APIError {
        APIError(status: 409, message: "SCIM group \(group) is already mapped to workspace \(workspace)")
    }
}

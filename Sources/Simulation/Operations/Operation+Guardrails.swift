internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes

/// The guardrails of an account (reference: platform §5.3).
extension Operation {
    /// `GET /guardrails`: those of a workspace, from the oldest to the newest.
    static let listGuardrails = Operation(
        "listGuardrails",
        .get,
        "/guardrails",
        .managementKey,
        query: QueryParameter.page + [QueryParameter("workspace_id", .uuid)]
    ) { call throws(APIError) in
        let workspaceID = call.query.value("workspace_id") ?? call.caller.account.defaultWorkspaceID
        let guardrails = call.world.withPlatform { platform, _ in
            platform.guardrails.guardrails(ofAccount: call.accountID)
        }
        let listed = guardrails.filter { $0.workspaceID == workspaceID.lowercased() }
        return try ListPage(call.query.items).answer(listed, json: \.json)
    }

    /// `POST /guardrails`: without effect until it is assigned.
    static let createGuardrail = Operation(
        "createGuardrail",
        .post,
        "/guardrails",
        .managementKey,
        body: ObjectShape(
            [.required("name", Guardrail.nameShape), .optional("workspace_id", .uuid)] + Guardrail.changeableMembers
        ),
        status: 201
    ) { call, body throws(APIError) in
        try Guardrail.checkPatterns(in: body)
        let guardrail = try call.world.withPlatform { platform, now throws(APIError) in
            let id = body["workspace_id"]?.string ?? call.caller.account.defaultWorkspaceID
            guard let workspace = platform.workspace(id.lowercased(), ofAccount: call.accountID) else {
                throw .invalidField(
                    "workspace_id",
                    expected: "a workspace of this account",
                    found: JSON.string(id).text
                )
            }
            guard platform.guardrails.guardrails(ofAccount: call.accountID).count < GuardrailStore.mostGuardrails else {
                throw .tooMany("guardrails", most: GuardrailStore.mostGuardrails)
            }
            var guardrail = Guardrail(
                id: platform.identifiers.uuid(),
                workspace: workspace,
                name: body["name"]?.string ?? "",
                createdAt: now
            )
            guardrail.change(by: body, in: call.catalog)
            platform.guardrails.set(guardrail)
            return guardrail
        }
        return .json(["data": guardrail.json])
    }

    /// `GET /guardrails/{id}`; a workspace's default one is there once it is configured.
    static let getGuardrail = Operation("getGuardrail", .get, "/guardrails/:id", .managementKey) {
        call throws(APIError) in
        let guardrail = try call.world.withPlatform { platform, _ throws(APIError) in
            try platform.namedGuardrail(call)
        }
        return .json(["data": guardrail.json])
    }

    /// `PATCH /guardrails/{id}`, which also configures a workspace's default one.
    static let updateGuardrail = Operation(
        "updateGuardrail",
        .patch,
        "/guardrails/:id",
        .managementKey,
        body: ObjectShape([.optional("name", Guardrail.nameShape)] + Guardrail.changeableMembers)
    ) { call, body throws(APIError) in
        try Guardrail.checkPatterns(in: body)
        let guardrail = try call.world.withPlatform { platform, now throws(APIError) in
            let existing = platform.guardrails.guardrail(call.guardrailID, ofAccount: call.accountID)
            guard var guardrail = existing ?? platform.newDefaultGuardrail(call, at: now) else {
                throw .resourceNotFound("Guardrail", call.guardrailID)
            }
            if let name = body["name"]?.string, name != guardrail.name {
                guard !guardrail.isWorkspaceDefault else {
                    throw .invalidField(
                        "name",
                        expected: "\(JSON.string(guardrail.name).text), which is derived from the workspace",
                        found: JSON.string(name).text
                    )
                }
                guardrail.name = name
            }
            guardrail.change(by: body, in: call.catalog)
            if existing != nil { guardrail.updatedAt = now }
            platform.guardrails.set(guardrail)
            return guardrail
        }
        return .json(["data": guardrail.json])
    }

    /// `DELETE /guardrails/{id}`: its assignments go with it; a workspace's default one can be configured anew.
    static let deleteGuardrail = Operation("deleteGuardrail", .delete, "/guardrails/:id", .managementKey) {
        call throws(APIError) in
        try call.world.withPlatform { platform, _ throws(APIError) in
            platform.guardrails.remove(try platform.namedGuardrail(call))
        }
        return .deleted
    }
}

extension Call {
    /// As in the path; ids are written small.
    fileprivate var guardrailID: String { pathParameters["id", default: ""].lowercased() }
}

extension Platform {
    /// The guardrail of the caller's account that the path names.
    ///
    /// - Throws: ``APIError`` 404 when there is none.
    func namedGuardrail(_ call: Call) throws(APIError) -> Guardrail {
        guard let guardrail = guardrails.guardrail(call.guardrailID, ofAccount: call.accountID) else {
            throw .resourceNotFound("Guardrail", call.guardrailID)
        }
        return guardrail
    }

    /// The default guardrail that the path names, of a workspace that has none yet; nil for any other id.
    fileprivate func newDefaultGuardrail(_ call: Call, at now: Int64) -> Guardrail? {
        let workspace = workspaces(ofAccount: call.accountID).first { $0.defaultGuardrailID == call.guardrailID }
        return workspace.map {
            Guardrail(
                id: call.guardrailID,
                workspace: $0,
                isWorkspaceDefault: true,
                name: $0.defaultGuardrailName,
                createdAt: now
            )
        }
    }
}

extension APIError {
    /// What a client could have without end; the wording is ours.
    static func tooMany(_ things: String, most: Int) -> APIError {
        APIError(
            status: 400,
            message: "This account has \(most) \(things), which is the most; delete some first",
            metadata: ["error_type": "invalid_request"]
        )
    }
}

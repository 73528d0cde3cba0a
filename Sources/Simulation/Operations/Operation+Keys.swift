internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes

/// The keys of an account (reference: platform §3.8).
extension Operation {
    /// `GET /keys`, from the oldest to the newest, a hundred at a time.
    static let listKeys = Operation(
        "list",
        .get,
        "/keys",
        .managementKey,
        query: [
            QueryParameter("offset", .integer(in: 0...Int.max)),
            QueryParameter("include_disabled", .bool),
            QueryParameter("workspace_id", .uuid),
        ]
    ) { call throws(APIError) in
        let query = call.query
        let workspaceID = query.value("workspace_id") ?? call.caller.account.defaultWorkspaceID
        let offset = try query.integer("offset", in: 0...Int.max) ?? 0
        let (keys, now) = call.world.withPlatform { platform, now in
            let page = platform.keys(
                ofAccount: call.accountID,
                workspaceID: workspaceID,
                includesDisabled: query.isOn("include_disabled"),
                offset: offset,
                limit: 100
            )
            return (page, now)
        }
        return .json(["data": .array(keys.map { .object($0.members(at: now)) })])
    }

    /// `POST /keys`: the only answer that holds the key itself.
    static let createKey = Operation(
        "createKeys",
        .post,
        "/keys",
        .managementKey,
        body: ObjectShape(
            [.required("name", .text)] + APIKey.changeableMembers + [
                .optional("expires_at", .format(.utcTime), orNull: true),
                .optional("creator_user_id", .text, orNull: true),
                .optional("workspace_id", .uuid),
            ]
        ),
        status: 201
    ) { call, body throws(APIError) in
        let account = call.caller.account
        let expiresAt = body["expires_at"]?.string.flatMap { CivilTime.microseconds(rfc3339: $0) }
        if let expiresAt, expiresAt <= call.world.now {
            throw .invalidField("expires_at", expected: "a time to come", found: body["expires_at"]?.excerpt ?? "")
        }
        let workspaceID = body["workspace_id"]?.string ?? account.defaultWorkspaceID
        let (key, token, now) = try call.world.withPlatform { platform, now throws(APIError) in
            guard platform.workspace(workspaceID, ofAccount: account.id) != nil else {
                throw .invalidField(
                    "workspace_id",
                    expected: "a workspace of this account",
                    found: JSON.string(workspaceID).text
                )
            }
            let (key, token) = platform.createKey(
                accountID: account.id,
                workspaceID: workspaceID,
                name: body["name"]?.string ?? "",
                at: now
            ) { key in
                key.change(by: body)
                key.expiresAt = expiresAt
                key.creatorUserID = body["creator_user_id"]?.string ?? account.userID
            }
            return (key, token, now)
        }
        return .json(["data": .object(key.members(at: now)), "key": .string(token)])
    }

    /// `GET /keys/{hash}`.
    static let getNamedKey = Operation("getKey", .get, "/keys/:hash", .managementKey) { call throws(APIError) in
        let (key, now) = try call.world.withPlatform { platform, now throws(APIError) in
            (try platform.namedKey(call), now)
        }
        return .json(["data": .object(key.members(at: now))])
    }

    /// `PATCH /keys/{hash}`.
    static let updateKey = Operation(
        "updateKeys",
        .patch,
        "/keys/:hash",
        .managementKey,
        body: ObjectShape(
            [.optional("name", .text), .optional("disabled", .bool)] + APIKey.changeableMembers
        )
    ) { call, body throws(APIError) in
        let (key, now) = try call.world.withPlatform { platform, now throws(APIError) in
            let hash = try platform.namedKey(call).hash
            platform.updateKey(hash) { key in
                if let name = body["name"]?.string { key.name = name }
                if let isDisabled = body["disabled"]?.bool { key.isDisabled = isDisabled }
                key.change(by: body)
                key.updatedAt = now
            }
            return (try platform.namedKey(call), now)
        }
        return .json(["data": .object(key.members(at: now))])
    }

    /// `DELETE /keys/{hash}`.
    static let deleteKey = Operation("deleteKeys", .delete, "/keys/:hash", .managementKey) { call throws(APIError) in
        try call.world.withPlatform { platform, _ throws(APIError) in
            platform.deleteKey(try platform.namedKey(call))
        }
        return .deleted
    }
}

extension Platform {
    /// The key of the caller's account that the path names.
    ///
    /// - Throws: ``APIError`` 404 when there is none.
    fileprivate func namedKey(_ call: Call) throws(APIError) -> APIKey {
        let hash = call.pathParameters["hash", default: ""]
        guard let key = key(hash: hash, ofAccount: call.accountID) else { throw .resourceNotFound("API key", hash) }
        return key
    }
}

extension APIKey {
    /// What can be set when a key is created, and changed afterwards.
    fileprivate static let changeableMembers: [ObjectShape.Member] = [
        .optional("limit", .number(in: 0...1e12), orNull: true),
        .optional("limit_reset", .choice(of: ResetInterval.self), orNull: true),
        .optional("include_byok_in_limit", .bool),
    ]

    /// What is absent stays; null clears.
    fileprivate mutating func change(by body: JSONValue) {
        body.change("limit") { limit = $0?.double.map { USD($0) } }
        body.change("limit_reset") { limitReset = $0?.string.flatMap(ResetInterval.init(rawValue:)) }
        if let includesBYOK = body["include_byok_in_limit"]?.bool { includesBYOKInLimit = includesBYOK }
    }

    /// The key as management operations show it, at a time in microseconds since 1970.
    fileprivate func members(at now: Int64) -> JSONObject {
        let time = CivilTime(microseconds: now)
        var members: JSONObject = [
            "hash": .string(hash), "label": .string(label), "name": .string(name), "disabled": .bool(isDisabled),
        ]
        members.append(contentsOf: limitMembers(at: time))
        members.append(contentsOf: usageMembers(at: time))
        members.append(
            contentsOf: [
                "created_at": createdAt.json,
                "updated_at": updatedAt.json,
                "expires_at": expiresAt.json,
                "creator_user_id": creatorUserID.json,
                "workspace_id": .string(workspaceID),
                // Required by openrouter-python 1.3.84.
                "external_user": .null,
                "last_used_at": lastUsedAt.json,
            ]
        )
        return members
    }
}

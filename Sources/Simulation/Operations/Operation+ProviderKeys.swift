internal import HTTPTypes
internal import OpenRouterAPI

/// Providers' keys of the account's own (reference: platform §5.2).
extension Operation {
    /// `GET /byok`: those that serve a workspace, which global ones do as well.
    static let listProviderKeys = Operation(
        "listBYOKKeys",
        .get,
        "/byok",
        .managementKey,
        query: QueryParameter.page + [
            QueryParameter("workspace_id", .uuid), QueryParameter("provider", .choice(ProviderKey.providers)),
        ]
    ) { call throws(APIError) in
        let query = call.query
        let page = try ListPage(query.items)
        let provider = query.value("provider")
        let keys = try call.world.withPlatform { platform, _ throws(APIError) in
            let workspaceID = try platform.workspaceID(query.value("workspace_id"), ofAccount: call.caller.account)
            return platform.providerKeys.keys(ofAccount: call.accountID).filter {
                ($0.workspaceID ?? workspaceID) == workspaceID && (provider ?? $0.provider) == $0.provider
            }
        }
        return page.answer(keys) { .object($0.members) }
    }

    /// `POST /byok`.
    static let createProviderKey = Operation(
        "createBYOKKey",
        .post,
        "/byok",
        .managementKey,
        body: ObjectShape(
            [
                .required("provider", .choice(ProviderKey.providers)), .required("key", .secret),
                .optional("workspace_id", .uuid, orNull: true),
            ] + ProviderKey.changeableMembers
        ),
        status: 201
    ) { call, body throws(APIError) in
        let provider = body["provider"]?.string ?? ""
        let credential = try ProviderCredential(body["key"]?.string ?? "", provider: provider)
        let account = call.caller.account
        let key = try call.world.withPlatform { platform, now throws(APIError) in
            let isGlobal = body["workspace_id"]?.isNull == true
            let workspaceID =
                isGlobal ? nil : try platform.workspaceID(body["workspace_id"]?.string, ofAccount: account)
            try platform.checkKeyHashes(body, account)
            guard platform.providerKeys.keys(ofAccount: account.id).count < ProviderKeyStore.limit else {
                throw .tooManyProviderKeys
            }
            var key = ProviderKey(
                id: platform.identifiers.uuid(),
                accountID: account.id,
                workspaceID: workspaceID,
                provider: provider,
                credential: credential,
                sortOrder: platform.providerKeys.nextSortOrder(ofAccount: account.id, provider: provider),
                createdAt: now
            )
            key.change(by: body)
            platform.providerKeys.insert(key)
            return key
        }
        return .json(["data": .object(key.members)])
    }

    /// `GET /byok/{id}`.
    static let getProviderKey = Operation("getBYOKKey", .get, "/byok/:id", .managementKey) { call throws(APIError) in
        let key = try call.world.withPlatform { platform, _ throws(APIError) in try platform.namedProviderKey(call) }
        return .json(["data": .object(key.members)])
    }

    /// `PATCH /byok/{id}`; with `key` it takes the place of the old one.
    static let updateProviderKey = Operation(
        "updateBYOKKey",
        .patch,
        "/byok/:id",
        .managementKey,
        body: ObjectShape([.optional("key", .secret)] + ProviderKey.changeableMembers)
    ) { call, body throws(APIError) in
        let key = try call.world.withPlatform { platform, _ throws(APIError) in
            var key = try platform.namedProviderKey(call)
            try platform.checkKeyHashes(body, call.caller.account)
            if let text = body["key"]?.string {
                key.rotate(to: try ProviderCredential(text, provider: key.provider))
            }
            key.change(by: body)
            platform.providerKeys.replace(key)
            return key
        }
        return .json(["data": .object(key.members)])
    }

    /// `DELETE /byok/{id}`; nobody sees the difference of a deletion that OpenRouter calls soft.
    static let deleteProviderKey = Operation("deleteBYOKKey", .delete, "/byok/:id", .managementKey) {
        call throws(APIError) in
        try call.world.withPlatform { platform, _ throws(APIError) in
            platform.providerKeys.delete(try platform.namedProviderKey(call))
        }
        return .deleted
    }
}

extension Platform {
    /// The provider's key of the caller's account that the path names.
    ///
    /// - Throws: ``APIError`` 404 when there is none.
    fileprivate func namedProviderKey(_ call: Call) throws(APIError) -> ProviderKey {
        let id = call.pathParameters["id", default: ""]
        guard let key = providerKeys.key(id, ofAccount: call.accountID) else { throw .resourceNotFound("BYOK key", id) }
        return key
    }

    /// - Throws: ``APIError`` 400 when `allowed_api_key_hashes` names a key of nobody's or of another account.
    fileprivate func checkKeyHashes(_ body: JSONValue, _ account: Account) throws(APIError) {
        guard let hashes = body["allowed_api_key_hashes"] else { return }
        for (index, value) in hashes.elements.enumerated() {
            guard keys[value.string ?? ""]?.accountID == account.id else {
                throw .invalidField(
                    "allowed_api_key_hashes[\(index)]",
                    expected: "the hash of a key of this account",
                    found: value.excerpt
                )
            }
        }
    }
}

extension ProviderKey {
    /// What can be set when a key is created, and changed afterwards.
    fileprivate static let changeableMembers: [ObjectShape.Member] = [
        .optional("name", .string(length: 0...255), orNull: true),
        .optional("disabled", .bool),
        .optional("is_fallback", .bool),
        .optional("allowed_models", .array(of: .string(), count: 0...100), orNull: true),
        .optional("allowed_user_ids", .array(of: .string(), count: 0...100), orNull: true),
        .optional("allowed_api_key_hashes", .array(of: .format(.keyHash), count: 1...100), orNull: true),
    ]

    /// What is absent stays; null clears.
    fileprivate mutating func change(by body: JSONValue) {
        body.change("name") { name = $0?.string }
        if let isDisabled = body["disabled"]?.bool { self.isDisabled = isDisabled }
        if let isFallback = body["is_fallback"]?.bool { self.isFallback = isFallback }
        body.change("allowed_models") { allowedModels = $0?.elements.compactMap(\.string) }
        body.change("allowed_user_ids") { allowedUserIDs = $0?.elements.compactMap(\.string) }
        body.change("allowed_api_key_hashes") { allowedKeyHashes = $0?.elements.compactMap(\.string) }
    }

    /// Schema `BYOKKey`.
    fileprivate var members: JSONObject {
        [
            "id": .string(id),
            "provider": .string(provider),
            "label": .string(label),
            "name": name.json,
            "workspace_id": workspaceID.json,
            "disabled": .bool(isDisabled),
            "is_fallback": .bool(isFallback),
            "allowed_models": Self.list(allowedModels),
            "allowed_user_ids": Self.list(allowedUserIDs),
            "allowed_api_key_hashes": Self.list(allowedKeyHashes),
            "sort_order": .integer(sortOrder),
            "created_at": createdAt.json,
            // Required by openrouter-python 1.3.84; nothing can be declared here.
            "declared_region": .null,
            "declared_zdr": .null,
            "is_byok_only": false,
            "is_required": false,
        ]
    }

    /// Null for no list.
    private static func list(_ names: [String]?) -> JSON {
        names.map { .array($0.map { .string($0) }) } ?? .null
    }
}

extension APIError {
    fileprivate static let tooManyProviderKeys = APIError(
        status: 400,
        message: "An account has at most \(ProviderKeyStore.limit) BYOK keys",
        metadata: ["error_type": "invalid_request"]
    )
}

internal import HTTPTypes
internal import OpenRouterAPI

/// The workspaces of an account (reference: platform §5.4).
extension Operation {
    /// More than anybody makes, so that a loop ends somewhere.
    private static let mostWorkspaces = 1000

    /// `GET /workspaces`, from the oldest to the newest; the default one is the first.
    static let listWorkspaces = Operation(
        "listWorkspaces",
        .get,
        "/workspaces",
        .managementKey,
        query: QueryParameter.page
    ) { call throws(APIError) in
        let page = try ListPage(call.query.items)
        let workspaces = call.world.withPlatform { platform, _ in platform.workspaces(ofAccount: call.accountID) }
        return page.answer(workspaces) { .object($0.members) }
    }

    /// `POST /workspaces`; whoever makes one is in it.
    static let createWorkspace = Operation(
        "createWorkspace",
        .post,
        "/workspaces",
        .managementKey,
        body: ObjectShape([.required("name", .workspaceName), .required("slug", .format(.slug))] + Workspace.settings),
        status: 201
    ) { call, body throws(APIError) in
        let account = call.caller.account
        let (name, slug) = (body["name"]?.string ?? "", body["slug"]?.string ?? "")
        let creatorUserID = call.caller.key.creatorUserID ?? account.userID
        let workspace = try call.world.withPlatform { platform, now throws(APIError) in
            try platform.checkSlug(slug, ofAccount: account.id)
            guard platform.workspaces(ofAccount: account.id).count < mostWorkspaces else { throw .tooManyWorkspaces }
            var workspace = Workspace(
                id: platform.identifiers.uuid(),
                accountID: account.id,
                name: name,
                slug: slug,
                createdAt: now
            )
            workspace.creatorUserID = creatorUserID
            workspace.change(by: body)
            platform.insert(workspace)
            if let user = account.organization.member(creatorUserID) {
                _ = platform.add([user], to: workspace, at: now)
            }
            return workspace
        }
        return .json(["data": .object(workspace.members)])
    }

    /// `GET /workspaces/{id}`.
    static let getWorkspace = Operation("getWorkspace", .get, "/workspaces/:id", .managementKey) {
        call throws(APIError) in
        let workspace = try call.world.withPlatform { platform, _ throws(APIError) in
            try platform.namedWorkspace(call)
        }
        return .json(["data": .object(workspace.members)])
    }

    /// `PATCH /workspaces/{id}`.
    static let updateWorkspace = Operation(
        "updateWorkspace",
        .patch,
        "/workspaces/:id",
        .managementKey,
        body: ObjectShape([.optional("name", .workspaceName), .optional("slug", .format(.slug))] + Workspace.settings)
    ) { call, body throws(APIError) in
        let workspace = try call.world.withPlatform { platform, now throws(APIError) in
            var workspace = try platform.namedWorkspace(call)
            if let slug = body["slug"]?.string {
                try platform.checkSlug(slug, ofAccount: call.accountID, besides: workspace.id)
                workspace.slug = slug
            }
            if let name = body["name"]?.string { workspace.name = name }
            workspace.change(by: body)
            workspace.updatedAt = now
            platform.updateWorkspace(workspace.id) { $0 = workspace }
            return workspace
        }
        return .json(["data": .object(workspace.members)])
    }

    /// `DELETE /workspaces/{id}`.
    static let deleteWorkspace = Operation("deleteWorkspace", .delete, "/workspaces/:id", .managementKey) {
        call throws(APIError) in
        let workspace = try call.world.withPlatform { platform, now throws(APIError) in
            let workspace = try platform.namedWorkspace(call)
            guard workspace.id != call.caller.account.defaultWorkspaceID else { throw .defaultWorkspaceStays }
            let activeCount = platform.activeKeys(in: workspace, at: now).count
            guard activeCount == 0 else { throw .workspaceInUse(workspace.slug, keyCount: activeCount) }
            platform.delete(workspace)
            return workspace
        }
        call.world.removeFiles(inWorkspace: workspace.id)
        return .deleted
    }
}

// MARK: - Finding

extension Platform {
    /// The workspace of the caller's account that the path names by id or slug.
    ///
    /// - Throws: ``APIError`` 404 when there is none.
    func namedWorkspace(_ call: Call) throws(APIError) -> Workspace {
        let reference = call.pathParameters["id", default: ""]
        guard let workspace = workspace(reference, ofAccount: call.accountID) else {
            throw .resourceNotFound("Workspace", reference)
        }
        return workspace
    }

    /// The keys of a workspace that are neither switched off nor past their time.
    func activeKeys(in workspace: Workspace, at now: Int64) -> [APIKey] {
        keys(ofAccount: workspace.accountID).filter { key in
            key.workspaceID == workspace.id && !key.isDisabled && key.expiresAt.map { $0 > now } ?? true
        }
    }

    /// - Throws: ``APIError`` 400 for a slug that is too long, or that another workspace of the account has.
    fileprivate func checkSlug(_ slug: String, ofAccount id: String, besides ownID: String? = nil) throws(APIError) {
        let found = JSON.string(slug).text
        guard slug.utf8.count <= 50 else {
            throw .invalidField("slug", expected: "a slug of at most 50 characters", found: found)
        }
        guard !workspaces(ofAccount: id).contains(where: { $0.slug == slug && $0.id != ownID }) else {
            throw .invalidField("slug", expected: "a slug that no other workspace has", found: found)
        }
    }
}

// MARK: - Bodies and answers

extension ValueShape {
    fileprivate static let workspaceName = ValueShape.string(length: 1...100)
}

extension Workspace {
    /// What can be set when a workspace is created, and changed afterwards.
    fileprivate static let settings: [ObjectShape.Member] = [
        .optional("description", .string(length: 0...500), orNull: true),
        .optional("default_text_model", .text, orNull: true),
        .optional("default_image_model", .text, orNull: true),
        .optional("default_provider_sort", .choice(of: ProviderPreferences.Sort.self), orNull: true),
        .optional("is_observability_io_logging_enabled", .bool),
        .optional("is_observability_broadcast_enabled", .bool),
        .optional("is_data_discount_logging_enabled", .bool),
        .optional("io_logging_sampling_rate", .number(in: 0.0001...1)),
        .optional("io_logging_api_key_ids", .array(of: .integer()), orNull: true),
    ]

    /// What is absent stays; null clears.
    fileprivate mutating func change(by body: JSONValue) {
        body.change("description") { description = $0?.string }
        body.change("default_text_model") { defaultTextModel = $0?.string }
        body.change("default_image_model") { defaultImageModel = $0?.string }
        body.change("default_provider_sort") {
            defaultProviderSort = $0?.string.flatMap(ProviderPreferences.Sort.init(rawValue:))
        }
        if let isOn = body["is_observability_io_logging_enabled"]?.bool { contentLogging.isEnabled = isOn }
        if let isOn = body["is_observability_broadcast_enabled"]?.bool { isBroadcastEnabled = isOn }
        if let isOn = body["is_data_discount_logging_enabled"]?.bool { isDataDiscountLoggingEnabled = isOn }
        if let rate = body["io_logging_sampling_rate"]?.double { contentLogging.samplingRate = rate }
        body.change("io_logging_api_key_ids") { contentLogging.keyIDs = $0?.elements.compactMap(\.int) }
    }

    /// Schema `Workspace`.
    fileprivate var members: JSONObject {
        [
            "id": .string(id),
            "default_guardrail_id": .string(defaultGuardrailID),
            "name": .string(name),
            "slug": .string(slug),
            "description": description.json,
            "default_text_model": defaultTextModel.json,
            "default_image_model": defaultImageModel.json,
            "default_provider_sort": (defaultProviderSort?.rawValue).json,
            "is_observability_io_logging_enabled": .bool(contentLogging.isEnabled),
            "is_observability_broadcast_enabled": .bool(isBroadcastEnabled),
            "is_data_discount_logging_enabled": .bool(isDataDiscountLoggingEnabled),
            "io_logging_sampling_rate": .number(contentLogging.samplingRate),
            "io_logging_api_key_ids": contentLogging.keyIDs.map { .array($0.map { .integer($0) }) } ?? .null,
            "include_byok_in_budgets": .bool(includesBYOKInBudgets),
            "created_by": creatorUserID.json,
            "created_at": createdAt.json,
            "updated_at": updatedAt.json,
        ]
    }
}

/// The wordings are ours.
extension APIError {
    fileprivate static let tooManyWorkspaces = APIError(
        status: 403,
        message: "The account has as many workspaces as its plan allows",
        metadata: ["error_type": "permission_denied"]
    )

    fileprivate static let defaultWorkspaceStays = APIError(
        status: 403,
        message: "The default workspace cannot be deleted",
        metadata: ["error_type": "permission_denied"]
    )

    fileprivate static func workspaceInUse(_ slug: String, keyCount: Int) -> APIError {
        APIError(
            status: 400,
            message: "Workspace \(slug) has \(keyCount) active API key\(keyCount == 1 ? "" : "s"); remove them first",
            metadata: ["error_type": "invalid_request"]
        )
    }
}

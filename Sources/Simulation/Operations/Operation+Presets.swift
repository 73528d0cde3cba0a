internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes

extension Operation {
    /// `GET /presets`, the last changed one first (reference: platform §5.8).
    static let getPresets = Operation(
        "listPresets",
        .get,
        "/presets",
        .inferenceKey,
        reads: .query(QueryParameter.page)
    ) { call throws(APIError) in
        let page = try ListPage(call.request.target.queryItems)
        return page.answer(call.world.presets(key: call.accountID)) { .object($0.members(account: call.account)) }
    }

    /// `GET /presets/{slug}`.
    static let getPreset = Operation("getPreset", .get, "/presets/:slug", .inferenceKey) { call throws(APIError) in
        .preset(try call.namedPreset(), account: call.account)
    }

    /// `GET /presets/{slug}/versions`, from old to new.
    static let getPresetVersions = Operation(
        "listPresetVersions",
        .get,
        "/presets/:slug/versions",
        .inferenceKey,
        reads: .query(QueryParameter.page)
    ) {
        call throws(APIError) in
        let page = try ListPage(call.request.target.queryItems)
        let preset = try call.namedPreset()
        return page.answer(preset.versions) { $0.json(of: preset, account: call.account) }
    }

    /// `GET /presets/{slug}/versions/{version}`.
    static let getPresetVersion = Operation("getPresetVersion", .get, "/presets/:slug/versions/:version", .inferenceKey)
    { call throws(APIError) in
        let preset = try call.namedPreset()
        let text = call.pathParameters["version", default: ""]
        guard let number = Int(text), number > 0 else {
            throw .invalidField("version", expected: "a version number", found: JSON.string(text).text)
        }
        guard number <= preset.versions.count else {
            throw APIError(status: 404, message: "Version \(number) of preset \(preset.slug) not found")
        }
        return .json(["data": preset.versions[number - 1].json(of: preset, account: call.account)])
    }
}

extension Call {
    fileprivate func namedPreset() throws(APIError) -> Preset {
        let slug = pathParameters["slug", default: ""]
        guard let preset = world.preset(slug: slug, key: accountID) else { throw .presetNotFound(slug) }
        return preset
    }
}

extension OperationAnswer {
    /// Schema `PresetWithDesignatedVersion`.
    static func preset(_ preset: Preset, account: Account?) -> OperationAnswer {
        var members = preset.members(account: account)
        members.append("designated_version", preset.designated.json(of: preset, account: account))
        return .json(["data": .object(members)])
    }
}

extension Preset {
    /// Schema `Preset`; the name is the slug.
    fileprivate func members(account: Account?) -> JSONObject {
        [
            "id": .string(id),
            "workspace_id": (account?.workspaceIDs.contains(workspaceID) == true ? workspaceID : nil).json,
            "slug": .string(slug),
            "name": .string(slug),
            "description": .null,
            "status": .string(status.rawValue),
            "status_updated_at": statusChangedAt.map { CivilTime(microseconds: $0).iso8601 }.json,
            "designated_version_id": .string(designated.id),
            "creator_user_id": (account?.userID).json,
            "created_at": .string(CivilTime(microseconds: createdAt).iso8601),
            "updated_at": .string(CivilTime(microseconds: changedAt).iso8601),
        ]
    }
}

extension Preset.Version {
    /// Schema `PresetDesignatedVersion`.
    fileprivate func json(of preset: Preset, account: Account?) -> JSON {
        let time = JSON.string(CivilTime(microseconds: createdAt).iso8601)
        return [
            "id": .string(id),
            "preset_id": .string(preset.id),
            "version": .integer(number),
            "system_prompt": settings.systemPrompt.json,
            "config": JSON(settings.configuration),
            "creator_id": .string(account?.userID ?? ""),
            "created_at": time,
            "updated_at": time,
        ]
    }
}

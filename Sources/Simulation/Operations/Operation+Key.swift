internal import HTTPTypes
internal import OpenRouterAPI

extension Operation {
    /// `GET /key` and its legacy path: the caller's key and what it has spent (reference: platform §3.7).
    ///
    /// `organization_id` to `free_model_daily_requests` are required by openrouter-python 1.3.84.
    static let getKey = Operation(
        "getCurrentKey",
        .get,
        "/key",
        aliases: ["/auth/key"],
        .anyKey
    ) { call throws(APIError) in
        let (key, account) = (call.caller.key, call.caller.account)
        let now = call.world.now
        let time = CivilTime(microseconds: now)
        let budgets = call.caller.budgets(at: time)
        let dayLimit = FreeRequestWindows.dayLimit(credits: account.credits)
        let usedToday = account.freeRequests.usedToday(at: now)
        var data: JSONObject = [
            "label": .string(key.label),
            "is_management_key": .bool(key.kind == .management),
            "is_provisioning_key": .bool(key.kind == .management),
        ]
        data.append(contentsOf: key.limitMembers(at: time))
        data.append(contentsOf: key.usageMembers(at: time))
        data.append(
            contentsOf: [
                "is_free_tier": .bool(account.isFreeTier),
                "creator_user_id": .string(key.creatorUserID ?? account.userID),
                "expires_at": key.expiresAt.json,
                "organization_id": .string(account.id),
                "workspace_id": .string(key.workspaceID),
                "allowed_data_regions": ["global"],
                "budgets": .array(budgets.map { $0.json(at: time) }),
                "effective_budget": budgets.effective?.json(at: time) ?? .null,
                "free_model_daily_requests": [
                    "limit": .integer(dayLimit),
                    "used": .integer(usedToday),
                    "remaining": .integer(max(0, dayLimit - usedToday)),
                ],
                "rate_limit": [
                    "requests": -1,
                    "interval": "10s",
                    "note": "This field is deprecated and safe to ignore.",
                ],
            ]
        )
        return .json(["data": .object(data)], fields: [.cacheControl: "private, no-store"])
    }
}

extension APIKey {
    /// Limit, its reset, and what is left of it.
    func limitMembers(at time: CivilTime) -> JSONObject {
        [
            "limit": limit?.json ?? .null,
            "limit_reset": (limitReset?.rawValue).json,
            "limit_remaining": limitRemaining(at: time)?.json ?? .null,
            "include_byok_in_limit": .bool(includesBYOKInLimit),
        ]
    }

    /// What the key has spent, of credits and with providers' keys, in all and in the current windows.
    func usageMembers(at time: CivilTime) -> JSONObject {
        let windows: [(String, ResetInterval?)] =
            [("", nil)] + ResetInterval.allCases.map { ("_" + $0.rawValue, $0) }
        var members = JSONObject(windows.map { ("usage" + $0.0, ledger.spent(in: $0.1, at: time).json) })
        members.append(
            contentsOf: JSONObject(windows.map { ("byok_usage" + $0.0, ledger.byok(in: $0.1, at: time).json) })
        )
        return members
    }
}

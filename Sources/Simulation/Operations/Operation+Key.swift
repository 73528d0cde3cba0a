internal import HTTPTypes
internal import OpenRouterAPI

extension Operation {
    /// `GET /key` and its legacy path: the caller's key and what it has spent (reference: platform §3.7).
    ///
    /// `organization_id` to `free_model_daily_requests` are required by openrouter-python 1.3.84.
    static let getKey = Operation(.get, "/key", aliases: ["/auth/key"], .key) { call throws(APIError) in
        guard let account = call.account else { throw .missingCredentials }
        let now = CivilTime(microseconds: call.world.now)
        let data: JSON = [
            "label": .string(account.label),
            "is_management_key": false,
            "is_provisioning_key": false,
            "limit": .null,
            "limit_reset": .null,
            "limit_remaining": .null,
            "include_byok_in_limit": false,
            "usage": account.ledger.total.json,
            "usage_daily": account.ledger.daily(at: now).json,
            "usage_weekly": account.ledger.weekly(at: now).json,
            "usage_monthly": account.ledger.monthly(at: now).json,
            "byok_usage": 0,
            "byok_usage_daily": 0,
            "byok_usage_weekly": 0,
            "byok_usage_monthly": 0,
            "is_free_tier": false,
            "creator_user_id": .string(account.userID),
            "expires_at": .null,
            "organization_id": .null,
            "workspace_id": .string(account.workspaceID),
            "allowed_data_regions": ["global"],
            "budgets": [],
            "effective_budget": .null,
            "free_model_daily_requests": ["limit": 1000, "used": 0, "remaining": 1000],
            "rate_limit": [
                "requests": -1,
                "interval": "10s",
                "note": "This field is deprecated and safe to ignore.",
            ],
        ]
        return .json(["data": data], fields: [.cacheControl: "private, no-store"])
    }
}

internal import OpenRouterAPI

extension SampleRequests {
    /// What counts and ranks.
    static let data: [SampleRequest] = [
        SampleRequest("GET /activity", "minimal"),
        SampleRequest(operation: "GET /activity", name: "rich", query: [("group_by", "workspace")]),
        SampleRequest("GET /analytics/meta", "minimal"),
        SampleRequest("POST /analytics/query", "minimal", json: ["metrics": ["request_count"]]),
        SampleRequest(
            "POST /analytics/query",
            "rich",
            json: [
                "metrics": ["request_count", "total_usage", "cache_hit_rate"],
                "dimensions": ["model", "api_key_id"],
                "granularity": "day",
                "time_range": ["start": "2026-08-20T00:00:00Z", "end": "2026-09-01T00:00:00Z"],
                "filters": [
                    ["field": "provider", "operator": "not_in", "value": ["Acme"], "include_unset": true],
                    ["field": "api_key_id", "operator": "neq", "value": "unknown"],
                ],
                "order_by": ["field": "date", "direction": "desc"],
                "limit": 50,
                "group_limit": 10,
            ]
        ),
    ]
}

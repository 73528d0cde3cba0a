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
        SampleRequest("GET /datasets/rankings-daily", "minimal"),
        SampleRequest(
            operation: "GET /datasets/rankings-daily",
            name: "rich",
            query: [
                ("start_date", "2026-08-01"), ("end_date", "2026-08-20"), ("period", "week"), ("modality", "text"),
                ("context_bucket", "100K"),
            ]
        ),
        SampleRequest(
            operation: "GET /datasets/rankings-daily",
            name: "sampled",
            query: [("category", "programming"), ("period", "month")]
        ),
        SampleRequest("GET /datasets/app-rankings", "minimal"),
        SampleRequest(
            operation: "GET /datasets/app-rankings",
            name: "rich",
            query: [
                ("category", "coding"), ("subcategory", "cli-agent"), ("sort", "trending"), ("limit", "5"),
                ("offset", "1"),
            ]
        ),
        SampleRequest("GET /datasets/session-cost", "minimal"),
        SampleRequest(
            operation: "GET /datasets/session-cost",
            name: "rich",
            query: [("turn_range", "10-49-turns"), ("limit", "5"), ("offset", "2")]
        ),
        SampleRequest("GET /benchmarks", "minimal"),
        SampleRequest(
            operation: "GET /benchmarks",
            name: "rich",
            query: [("source", "design-arena"), ("arena", "agents"), ("category", "gamedev"), ("max_results", "3")]
        ),
        SampleRequest(
            operation: "GET /benchmarks",
            name: "search",
            query: [("task_type", "search"), ("include_run_config", "true"), ("search_surface", "server-tool")]
        ),
        SampleRequest("GET /classifications/task", "minimal"),
        SampleRequest(operation: "GET /classifications/task", name: "rich", query: [("window", "7d")]),
    ]
}

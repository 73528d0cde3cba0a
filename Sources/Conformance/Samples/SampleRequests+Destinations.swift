internal import OpenRouterAPI

extension SampleRequests {
    private static let destinationList = "/observability/destinations"
    private static let destinationPath = ["id": "{{destination}}"]

    static let destinations: [SampleRequest] =
        [
            SampleRequest(
                "POST \(destinationList)",
                "minimal",
                json: ["type": "webhook", "name": "Webhook", "config": ["url": "https://example.com/traces"]],
                captures: ["destination": JSONPointer(components: ["data", "id"])]
            ),
            SampleRequest(
                "POST \(destinationList)",
                "rich",
                json: [
                    "type": "s3", "name": "Archive",
                    "config": [
                        "bucketName": "traces", "accessKeyId": "AKIA000000000000",
                        "secretAccessKey": "0123456789abcdef",
                        "region": "eu-west-1", "headers": ["x-team": "search"],
                    ],
                    "enabled": false, "privacy_mode": true, "sampling_rate": 0.25,
                    "api_key_hashes": ["0123456789abcdef"],
                    "filter_rules": [
                        "enabled": true,
                        "groups": [
                            [
                                "logic": "or",
                                "rules": [
                                    ["field": "model", "operator": "starts_with", "value": "openai/"],
                                    ["field": "total_cost", "operator": "gt", "value": 0.5],
                                    ["field": "session_id", "operator": "exists"],
                                ],
                            ]
                        ],
                    ],
                    "broadcast_generation_cost": true, "broadcast_generation_identity": true,
                    "broadcast_generation_request_context": true,
                ]
            ),
        ] + otherDestinations + [
            SampleRequest("GET \(destinationList)", "minimal"),
            SampleRequest(
                operation: "GET \(destinationList)",
                name: "rich",
                query: [("offset", "1"), ("limit", "2")]
            ),
            SampleRequest(operation: "GET \(destinationList)/{id}", name: "minimal", path: destinationPath),
            SampleRequest(
                operation: "PATCH \(destinationList)/{id}",
                name: "minimal",
                path: destinationPath,
                body: .json(["enabled": false])
            ),
            SampleRequest(
                operation: "PATCH \(destinationList)/{id}",
                name: "rich",
                path: destinationPath,
                body: .json([
                    "name": "Renamed", "config": ["method": "PUT"], "sampling_rate": 1, "api_key_hashes": .null,
                    "filter_rules": .null, "privacy_mode": false,
                ])
            ),
            SampleRequest(operation: "DELETE \(destinationList)/{id}", name: "minimal", path: destinationPath),
        ]

    /// One of each of the other types, whose answers differ in their configuration.
    private static let otherDestinations: [SampleRequest] = [
        ("arize", ["apiKey": "k", "spaceKey": "s", "modelId": "m"]), ("braintrust", ["apiKey": "k", "projectId": "p"]),
        ("clickhouse", ["host": "h", "database": "d", "username": "u", "password": "p"]),
        ("datadog", ["apiKey": "k", "mlApp": "a"]), ("grafana", ["apiKey": "k", "instanceId": "1"]),
        ("langfuse", ["publicKey": "k", "secretKey": "s"]), ("langsmith", ["apiKey": "k"]),
        ("newrelic", ["licenseKey": "k"]), ("opik", ["apiKey": "k", "workspace": "w", "projectName": "p"]),
        ("otel-collector", ["endpoint": "https://otel.example.com:4318"]), ("posthog", ["apiKey": "k"]),
        ("ramp", ["apiKey": "k"]),
        ("sentry", ["dsn": "https://abc123@o0.ingest.sentry.io/0", "otlpEndpoint": "https://o0.ingest.sentry.io"]),
        ("snowflake", ["account": "xy12345.us-east-1", "token": "t"]),
        ("weave", ["apiKey": "k", "entity": "e", "project": "p"]),
    ].map { (type: String, config: JSON) in
        SampleRequest(
            "POST \(destinationList)",
            "of type \(type)",
            json: ["type": .string(type), "name": .string(type), "config": config]
        )
    }
}

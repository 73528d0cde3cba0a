internal import OpenRouterAPI

extension SampleRequests {
    static let guardrails: [SampleRequest] = [
        SampleRequest("POST /guardrails", "minimal", json: ["name": "Plain"], captures: ["guardrail": data("id")]),
        SampleRequest(
            "POST /guardrails",
            "rich",
            json: [
                "name": "Strict", "description": "For everything.", "limit_usd": 50, "reset_interval": "monthly",
                "include_byok_in_budgets": true, "allowed_providers": ["openai", "azure"],
                "ignored_providers": ["google-vertex"], "allowed_models": ["openai/gpt-4o-mini"],
                "ignored_models": ["openai/gpt-4o"], "enforce_zdr": false, "enforce_zdr_xai": true,
                "enable_paid_model_training": true, "enable_free_model_training": false,
                "enable_free_model_publication": false,
                "content_filters": [["pattern": "PROJ-[0-9]+", "action": "redact", "label": "[PROJECT]"]],
                "content_filter_builtins": [
                    ["slug": "email", "action": "redact"],
                    ["slug": "regex-prompt-injection", "action": "block", "scan_scope": "user_only"],
                ],
            ]
        ),
        SampleRequest("GET /guardrails", "minimal"),
        SampleRequest(operation: "GET /guardrails", name: "rich", query: [("offset", "1"), ("limit", "1")]),
        SampleRequest(operation: "GET /guardrails/{id}", name: "minimal", path: named),
        SampleRequest(
            operation: "PATCH /guardrails/{id}",
            name: "minimal",
            path: named,
            body: .json(["name": "Plainer", "description": .null])
        ),
        // A guardrail is for keys.
        SampleRequest("POST /keys", "for a guardrail", json: ["name": "Guarded"], captures: ["guarded": data("hash")]),
        assignment("keys", ["key_hashes": ["{{guarded}}"]]),
        SampleRequest(
            operation: "GET /organization/members",
            name: "for a guardrail",
            captures: ["guarded member": JSONPointer(components: ["data", "1", "id"])]
        ),
        assignment("members", ["member_user_ids": ["{{guarded member}}"]]),
        SampleRequest(operation: "GET /guardrails/{id}/assignments/keys", name: "minimal", path: named),
        SampleRequest(operation: "GET /guardrails/{id}/assignments/members", name: "minimal", path: named),
        SampleRequest("GET /guardrails/assignments/keys", "minimal"),
        SampleRequest("GET /guardrails/assignments/members", "minimal"),
        assignment("keys/remove", ["key_hashes": ["{{guarded}}"]]),
        assignment("members/remove", ["member_user_ids": ["{{guarded member}}"]]),
        SampleRequest(operation: "DELETE /guardrails/{id}", name: "minimal", path: named),
    ]

    private static let named = ["id": "{{guardrail}}"]

    private static func data(_ member: String) -> JSONPointer { JSONPointer(components: ["data", member]) }

    private static func assignment(_ place: String, _ body: JSON) -> SampleRequest {
        SampleRequest(
            operation: "POST /guardrails/{id}/assignments/\(place)",
            name: "minimal",
            path: named,
            body: .json(body)
        )
    }
}

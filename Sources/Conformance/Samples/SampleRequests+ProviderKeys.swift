internal import OpenRouterAPI

extension SampleRequests {
    static let providerKeys: [SampleRequest] = [
        SampleRequest(
            "POST /byok",
            "minimal",
            json: ["provider": "groq", "key": "gsk_0123456789abcdef"],
            captures: ["providerKey": JSONPointer(components: ["data", "id"])]
        ),
        SampleRequest(
            "POST /byok",
            "rich",
            json: [
                "provider": "azure", "key": #"{"api_key":"0123456789abcdef","resource_name":"ours"}"#, "name": "Azure",
                "disabled": true, "is_fallback": true, "allowed_models": ["openai/gpt-4o"],
                "allowed_user_ids": ["user_1"], "allowed_api_key_hashes": .null,
            ]
        ),
        SampleRequest("GET /byok", "minimal"),
        SampleRequest(
            operation: "GET /byok",
            name: "rich",
            query: [("offset", "0"), ("limit", "1"), ("provider", "groq")]
        ),
        SampleRequest(operation: "GET /byok/{id}", name: "minimal", path: ["id": "{{providerKey}}"]),
        SampleRequest(
            operation: "PATCH /byok/{id}",
            name: "minimal",
            path: ["id": "{{providerKey}}"],
            body: .json(["disabled": true])
        ),
        SampleRequest(
            operation: "PATCH /byok/{id}",
            name: "rich",
            path: ["id": "{{providerKey}}"],
            body: .json([
                "key": "gsk_fedcba9876543210", "name": .null, "is_fallback": false, "allowed_models": .null,
                "allowed_user_ids": .null, "allowed_api_key_hashes": .null,
            ])
        ),
        SampleRequest(operation: "DELETE /byok/{id}", name: "minimal", path: ["id": "{{providerKey}}"]),
    ]
}

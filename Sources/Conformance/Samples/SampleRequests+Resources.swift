internal import OpenRouterAPI

extension SampleRequests {
    /// A server makes the code, since a page has no operation.
    ///
    /// The verifier is that of RFC 7636, appendix B.
    static let authorizationCodes: [SampleRequest] = [
        SampleRequest(
            "POST /auth/keys/code",
            "minimal",
            json: ["callback_url": "https://app.example.com/callback"],
            captures: ["code": JSONPointer(components: ["data", "id"])]
        ),
        SampleRequest("POST /auth/keys", "minimal", json: ["code": "{{code}}"]),
        SampleRequest(
            "POST /auth/keys/code",
            "rich",
            json: [
                "callback_url": "http://localhost:3000/callback",
                "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", "code_challenge_method": "S256",
                "expires_at": "2027-12-31T23:59:59Z", "key_label": "My key", "limit": 100,
                "usage_limit_type": "monthly",
            ],
            captures: ["code": JSONPointer(components: ["data", "id"])]
        ),
        SampleRequest(
            "POST /auth/keys",
            "rich",
            json: [
                "code": "{{code}}", "code_challenge_method": "S256",
                "code_verifier": "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
            ]
        ),
    ]

    static let files: [SampleRequest] = [
        SampleRequest(
            operation: "POST /files",
            name: "minimal",
            body: .form([SampleRequest.FormPart("file", "Hello\n", file: ("notes.txt", "text/plain"))]),
            captures: ["file": JSONPointer(components: ["id"])]
        ),
        SampleRequest("GET /files", "minimal"),
        SampleRequest(operation: "GET /files", name: "rich", query: [("limit", "1"), ("order", "asc")]),
        SampleRequest(operation: "GET /files/{file_id}", name: "minimal", path: ["file_id": "{{file}}"]),
        // What a client has uploaded cannot be downloaded.
        SampleRequest(
            operation: "GET /files/{file_id}/content",
            name: "minimal",
            path: ["file_id": "{{file}}"],
            expectedStatuses: [400]
        ),
        SampleRequest(operation: "DELETE /files/{file_id}", name: "minimal", path: ["file_id": "{{file}}"]),
    ]

    /// Of the first chat.
    static let generations: [SampleRequest] = [
        SampleRequest(operation: "GET /generation", name: "minimal", query: [("id", "{{generation}}")]),
        SampleRequest(operation: "GET /generation/content", name: "minimal", query: [("id", "{{generation}}")]),
        SampleRequest(
            "POST /generation/feedback",
            "minimal",
            json: ["generation_id": "{{generation}}", "category": "latency"]
        ),
        SampleRequest(
            "POST /generation/feedback",
            "rich",
            json: ["generation_id": "{{generation}}", "category": "other", "comment": "Too slow."]
        ),
    ]

    static let models: [SampleRequest] = [
        SampleRequest("GET /models", "minimal"),
        SampleRequest(
            operation: "GET /models",
            name: "rich",
            query: [
                ("offset", "2"), ("limit", "5"), ("output_modalities", "all"), ("sort", "pricing-low-to-high"),
                ("supported_parameters", "tools"),
            ]
        ),
        SampleRequest("GET /models/count", "minimal"),
        SampleRequest(operation: "GET /models/count", name: "rich", query: [("output_modalities", "text")]),
        SampleRequest("GET /models/user", "minimal"),
        SampleRequest(
            operation: "GET /model/{author}/{slug}",
            name: "minimal",
            path: ["author": "openai", "slug": "gpt-4o-mini"]
        ),
        SampleRequest(
            operation: "GET /models/{author}/{slug}/endpoints",
            name: "minimal",
            path: ["author": "openai", "slug": "gpt-4o-mini"]
        ),
        SampleRequest("GET /endpoints/zdr", "minimal"),
        SampleRequest("GET /providers", "minimal"),
        SampleRequest("GET /key", "minimal"),
        SampleRequest("GET /credits", "minimal"),
    ]

    static let presets: [SampleRequest] = [
        SampleRequest(
            operation: "POST /presets/{slug}/chat/completions",
            name: "minimal",
            path: ["slug": "brief"],
            body: .json([
                "model": textModel, "temperature": 0.5,
                "messages": [["role": "system", "content": "Be brief."], ["role": "user", "content": "Hello"]],
            ])
        ),
        SampleRequest(
            operation: "POST /presets/{slug}/responses",
            name: "minimal",
            path: ["slug": "brief"],
            body: .json(["model": textModel, "instructions": "Be brief.", "input": "Hello"])
        ),
        SampleRequest(
            operation: "POST /presets/{slug}/messages",
            name: "minimal",
            path: ["slug": "brief"],
            body: .json([
                "model": "anthropic/claude-sonnet-4.5", "max_tokens": 50,
                "messages": [["role": "user", "content": "Hello"]],
            ])
        ),
        SampleRequest("GET /presets", "minimal"),
        SampleRequest(operation: "GET /presets/{slug}", name: "minimal", path: ["slug": "brief"]),
        SampleRequest(operation: "GET /presets/{slug}/versions", name: "minimal", path: ["slug": "brief"]),
        SampleRequest(
            operation: "GET /presets/{slug}/versions/{version}",
            name: "minimal",
            path: ["slug": "brief", "version": "1"]
        ),
    ]

    static let others: [SampleRequest] = [
        // Gone, as the document says itself.
        SampleRequest(operation: "POST /credits/coinbase", name: "minimal", expectedStatuses: [410])
    ]
}

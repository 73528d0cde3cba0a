internal import OpenRouterAPI

extension SampleRequests {
    /// Two workspaces; ``groupMappings`` needs one of them and deletes both.
    static let workspaces: [SampleRequest] = [
        SampleRequest(
            "POST /workspaces",
            "minimal",
            json: ["name": "Conformance", "slug": "conformance"],
            captures: ["workspace": JSONPointer(components: ["data", "id"])]
        ),
        SampleRequest(
            "POST /workspaces",
            "rich",
            json: [
                "name": "Conformance too", "slug": "conformance-2", "description": "Made by a run.",
                "default_text_model": textModel, "default_image_model": "bytedance-seed/seedream-4.5",
                "default_provider_sort": "price", "is_observability_io_logging_enabled": true,
                "is_observability_broadcast_enabled": false, "is_data_discount_logging_enabled": false,
                "io_logging_sampling_rate": 0.5, "io_logging_api_key_ids": [1],
            ]
        ),
        SampleRequest("GET /workspaces", "minimal"),
        SampleRequest(operation: "GET /workspaces", name: "rich", query: [("offset", "1"), ("limit", "1")]),
        SampleRequest(operation: "GET /workspaces/{id}", name: "minimal", path: ["id": "{{workspace}}"]),
        SampleRequest(operation: "GET /workspaces/{id}", name: "by slug", path: ["id": "conformance"]),
        SampleRequest(
            operation: "PATCH /workspaces/{id}",
            name: "minimal",
            path: ["id": "{{workspace}}"],
            body: .json(["description": .null])
        ),
        SampleRequest(
            operation: "PUT /workspaces/{id}/budgets/{interval}",
            name: "minimal",
            path: ["id": "{{workspace}}", "interval": "monthly"],
            body: .json(["limit_usd": 100])
        ),
        SampleRequest(
            operation: "PUT /workspaces/{id}/budgets/{interval}",
            name: "rich",
            path: ["id": "{{workspace}}", "interval": "lifetime"],
            body: .json(["limit_usd": 1000.5, "include_byok_in_budgets": true])
        ),
        SampleRequest(
            operation: "GET /workspaces/{id}/budgets",
            name: "minimal",
            path: ["id": "{{workspace}}"]
        ),
        SampleRequest(
            operation: "GET /workspaces/{id}/budgets/{interval}",
            name: "minimal",
            path: ["id": "{{workspace}}", "interval": "lifetime"]
        ),
        SampleRequest(
            operation: "DELETE /workspaces/{id}/budgets/{interval}",
            name: "minimal",
            path: ["id": "{{workspace}}", "interval": "lifetime"]
        ),
        SampleRequest(
            operation: "GET /organization/members",
            name: "minimal",
            query: [("offset", "2"), ("limit", "1")],
            captures: ["user": JSONPointer(components: ["data", "0", "id"])]
        ),
        SampleRequest(
            operation: "POST /workspaces/{id}/members/add",
            name: "minimal",
            path: ["id": "{{workspace}}"],
            body: .json(["user_ids": ["{{user}}"]])
        ),
        SampleRequest(operation: "GET /workspaces/{id}/members", name: "minimal", path: ["id": "{{workspace}}"]),
        SampleRequest(
            operation: "POST /workspaces/{id}/members/remove",
            name: "minimal",
            path: ["id": "{{workspace}}"],
            body: .json(["user_ids": ["{{user}}"]])
        ),
    ]

    static let groupMappings: [SampleRequest] = [
        SampleRequest(
            operation: "GET /scim/groups",
            name: "minimal",
            captures: ["group": JSONPointer(components: ["data", "0", "id"])]
        ),
        SampleRequest(
            "POST /scim/group-mappings",
            "minimal",
            json: ["scim_group_id": "{{group}}", "workspace_id": "{{workspace}}", "role": "member"],
            captures: ["mapping": JSONPointer(components: ["data", "id"])]
        ),
        SampleRequest("GET /scim/group-mappings", "minimal"),
        SampleRequest(operation: "GET /scim/group-mappings/{id}", name: "minimal", path: ["id": "{{mapping}}"]),
        SampleRequest(
            operation: "PATCH /scim/group-mappings/{id}",
            name: "minimal",
            path: ["id": "{{mapping}}"],
            body: .json(["role": "admin"])
        ),
        SampleRequest(
            operation: "DELETE /scim/group-mappings/{id}",
            name: "minimal",
            path: ["id": "{{mapping}}"],
            query: [("keep_members", "false")]
        ),
        SampleRequest(operation: "DELETE /workspaces/{id}", name: "minimal", path: ["id": "{{workspace}}"]),
        SampleRequest(operation: "DELETE /workspaces/{id}", name: "by slug", path: ["id": "conformance-2"]),
    ]
}

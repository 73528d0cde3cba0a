internal import OpenRouterAPI

extension SampleRequests {
    private static func response(_ name: String, _ members: JSONObject) -> [SampleRequest] {
        let unstreamed = SampleRequest("POST /responses", name, json: .object(members))
        return [unstreamed, unstreamed.streamed]
    }

    private static let weatherTool: JSON = [
        "type": "function", "name": "get_weather", "description": "Tells the weather.", "parameters": weatherSchema,
        "strict": .null,
    ]

    static let responses: [SampleRequest] =
        response("minimal", ["model": textModel, "input": "Tell me a joke."])
        + response(
            "rich",
            [
                "model": textModel,
                "instructions": "Be brief.",
                "input": [
                    [
                        "type": "message",
                        "role": "user",
                        "content": [
                            ["type": "input_text", "text": "What is this?"],
                            ["type": "input_image", "detail": "auto", "image_url": .string(image)],
                        ],
                    ],
                    ["role": "assistant", "content": "A dot."],
                    ["role": "user", "content": "Are you sure?"],
                ],
                "max_output_tokens": 60,
                "temperature": 0.7,
                "top_p": 0.9,
                "metadata": ["test": "conformance"],
                "user": "user-1",
                "store": false,
                "truncation": "auto",
                "include": ["reasoning.encrypted_content"],
                "text": ["format": ["type": "text"], "verbosity": "low"],
                "provider": ["allow_fallbacks": true],
            ]
        )
        + response(
            "tools",
            [
                "model": textModel,
                "input": "What is the weather in Paris?",
                "tools": [weatherTool],
                "tool_choice": "required",
                "parallel_tool_calls": false,
            ]
        )
        + response(
            "tool result",
            [
                "model": textModel,
                "input": [
                    ["role": "user", "content": "What is the weather in Paris?"],
                    [
                        "type": "function_call", "id": "fc_1", "call_id": "call_1", "name": "get_weather",
                        "arguments": "{\"city\":\"Paris\"}", "status": "completed",
                    ],
                    ["type": "function_call_output", "call_id": "call_1", "output": "Sunny, 21 degrees"],
                ],
                "tools": [weatherTool],
            ]
        )
        + response(
            "JSON schema",
            [
                "model": textModel,
                "input": "What is the weather in Paris?",
                "text": [
                    "format": ["type": "json_schema", "name": "weather", "strict": true, "schema": weatherSchema]
                ],
            ]
        )
        + response(
            "reasoning",
            [
                "model": "openai/gpt-5-mini",
                "input": "Why is the sky blue?",
                "reasoning": ["effort": "low", "summary": "auto"],
            ]
        )
}

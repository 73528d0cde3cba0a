internal import OpenRouterAPI

extension SampleRequests {
    private static func message(_ name: String, _ members: JSONObject) -> [SampleRequest] {
        let unstreamed = SampleRequest("POST /messages", name, json: .object(members))
        return [unstreamed, unstreamed.streamed]
    }

    private static let weatherTool: JSON = [
        "name": "get_weather", "description": "Tells the weather.", "input_schema": weatherSchema,
    ]

    static let messages: [SampleRequest] =
        message(
            "minimal",
            [
                "model": "anthropic/claude-sonnet-4.5", "max_tokens": 50,
                "messages": [["role": "user", "content": "Hello"]],
            ]
        )
        + message(
            "rich",
            [
                "model": "anthropic/claude-sonnet-4.5",
                "max_tokens": 80,
                "system": [["type": "text", "text": "Be brief.", "cache_control": ["type": "ephemeral"]]],
                "messages": [
                    [
                        "role": "user",
                        "content": [
                            ["type": "text", "text": "What is this?"],
                            ["type": "image", "source": ["type": "url", "url": "https://example.com/dot.png"]],
                        ],
                    ],
                    ["role": "assistant", "content": [["type": "text", "text": "A dot."]]],
                    ["role": "user", "content": "Are you sure?"],
                ],
                "temperature": 0.7,
                "top_p": 0.9,
                "top_k": 40,
                "stop_sequences": ["END"],
                "metadata": ["user_id": "user-1"],
            ]
        )
        + message(
            "tools",
            [
                "model": "anthropic/claude-sonnet-4.5",
                "max_tokens": 200,
                "messages": [["role": "user", "content": "What is the weather in Paris?"]],
                "tools": [weatherTool],
                "tool_choice": ["type": "any"],
            ]
        )
        + message(
            "tool result",
            [
                "model": "anthropic/claude-sonnet-4.5",
                "max_tokens": 200,
                "messages": [
                    ["role": "user", "content": "What is the weather in Paris?"],
                    [
                        "role": "assistant",
                        "content": [
                            [
                                "type": "tool_use", "id": "toolu_1", "name": "get_weather",
                                "input": ["city": "Paris"],
                            ]
                        ],
                    ],
                    [
                        "role": "user",
                        "content": [
                            ["type": "tool_result", "tool_use_id": "toolu_1", "content": "Sunny, 21 degrees"]
                        ],
                    ],
                ],
                "tools": [weatherTool],
            ]
        )
        + message(
            "thinking",
            [
                "model": "anthropic/claude-sonnet-4.5",
                "max_tokens": 2000,
                "messages": [["role": "user", "content": "Why is the sky blue?"]],
                "thinking": ["type": "enabled", "budget_tokens": 1024],
            ]
        )
}

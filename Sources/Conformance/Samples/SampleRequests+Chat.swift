internal import OpenRouterAPI

extension SampleRequests {
    private static func chat(_ name: String, _ members: JSONObject) -> [SampleRequest] {
        let unstreamed = SampleRequest("POST /chat/completions", name, json: .object(members))
        return [unstreamed, unstreamed.streamed]
    }

    private static let question: JSON = ["role": "user", "content": "What is the weather in Paris?"]
    private static let weatherTool: JSON = [
        "type": "function",
        "function": ["name": "get_weather", "description": "Tells the weather.", "parameters": weatherSchema],
    ]

    static let chat: [SampleRequest] =
        [
            SampleRequest(
                "POST /chat/completions",
                "first",
                json: ["model": textModel, "messages": [question]],
                captures: ["generation": JSONPointer(components: ["id"])]
            )
        ]
        + chat("minimal", ["messages": [question]])
        + chat(
            "rich",
            [
                "model": textModel,
                "models": ["openai/gpt-4o", "anthropic/claude-sonnet-4.5"],
                "messages": [
                    ["role": "system", "content": [["type": "text", "text": "Be brief."]]],
                    [
                        "role": "user",
                        "content": [
                            ["type": "text", "text": "What is this?"],
                            ["type": "image_url", "image_url": ["url": .string(image), "detail": "low"]],
                        ],
                    ],
                    ["role": "assistant", "content": "A dot."],
                    ["role": "user", "content": "Are you sure?", "name": "ann"],
                ],
                "max_completion_tokens": 40,
                "temperature": 0.7,
                "top_p": 0.9,
                "top_k": 40,
                "min_p": 0.05,
                "top_a": 0.1,
                "frequency_penalty": 0.1,
                "presence_penalty": 0.1,
                "repetition_penalty": 1.1,
                "logit_bias": ["50256": -100],
                "logprobs": true,
                "top_logprobs": 2,
                "seed": 7,
                "stop": ["END"],
                "user": "user-1",
                "session_id": "session-1",
                "metadata": ["test": "conformance"],
                "provider": ["order": ["OpenAI"], "allow_fallbacks": true, "data_collection": "allow"],
                "stream_options": ["include_usage": true],
            ]
        )
        + chat(
            "tools",
            [
                "model": textModel,
                "messages": [question],
                "tools": [weatherTool],
                "tool_choice": "required",
                "parallel_tool_calls": false,
            ]
        )
        + chat(
            "tool result",
            [
                "model": "anthropic/claude-sonnet-4.5",
                "messages": [
                    question,
                    [
                        "role": "assistant",
                        "content": .null,
                        "tool_calls": [
                            [
                                "id": "call_1",
                                "type": "function",
                                "function": ["name": "get_weather", "arguments": "{\"city\":\"Paris\"}"],
                            ]
                        ],
                    ],
                    ["role": "tool", "tool_call_id": "call_1", "content": "Sunny, 21 degrees"],
                ],
                "tools": [weatherTool],
            ]
        )
        + chat(
            "JSON schema",
            [
                "model": textModel,
                "messages": [question],
                "response_format": [
                    "type": "json_schema",
                    "json_schema": ["name": "weather", "strict": true, "schema": weatherSchema],
                ],
            ]
        )
        + chat(
            "reasoning",
            [
                "model": "anthropic/claude-sonnet-4.5",
                "messages": [["role": "user", "content": "Why is the sky blue?"]],
                "reasoning": ["effort": "low"],
                "max_tokens": 2000,
            ]
        )
        + chat(
            "encrypted reasoning",
            [
                "model": "openai/gpt-5-mini",
                "messages": [["role": "user", "content": "Why is the sky blue?"]],
                "reasoning": ["effort": "high", "summary": "auto"],
            ]
        )
}

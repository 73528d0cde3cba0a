internal import OpenRouterAPI

/// Streams of `/chat/completions` as OpenRouter sends them.
enum ChatSkin {
    static func blocks(_ conversation: Conversation, _ tools: ToolStyle) -> [Block] {
        var blocks: [Block] = []
        for piece in conversation.reasoning {
            let detail: JSON = [
                "type": "reasoning.text", "text": .string(piece), "format": "anthropic-claude-v1", "index": 0,
            ]
            blocks.append(
                Block(
                    .reasoning,
                    .json(
                        chunk([
                            "content": "", "role": "assistant", "reasoning": .string(piece),
                            "reasoning_details": [detail],
                        ])
                    )
                )
            )
        }
        for piece in conversation.text {
            blocks.append(text(piece))
        }
        blocks += toolBlocks(conversation.toolCalls, tools)
        let reason = conversation.toolCalls.isEmpty ? "stop" : tools.finishReason
        var last = finish(reason)
        last.edit { $0.append("usage", usageCounts) }
        blocks.append(last)
        blocks.append(.sentinel)
        return blocks
    }

    static func text(_ piece: String) -> Block {
        Block(.text, .json(chunk(["content": .string(piece), "role": "assistant"])))
    }

    /// A chunk without anything, such as some providers open with.
    static func empty(_ role: Block.Role = .opening) -> Block {
        Block(role, .json(chunk(["content": "", "role": "assistant"])))
    }

    static func finish(_ reason: String) -> Block {
        Block(.finish, .json(chunk(["content": "", "role": "assistant"], finishReason: .string(reason))))
    }

    /// Where usage is told.
    enum UsageForm: Sendable {
        /// On a chunk whose `choices` is empty.
        case noChoices
        /// On a chunk that repeats the finish reason.
        case repeated
        /// On a chunk with an empty delta and no finish reason.
        case unfinished
    }

    static func usage(_ form: UsageForm, reason: String) -> Block {
        var object = head
        switch form {
        case .noChoices:
            object.append("choices", [])
        case .repeated:
            object.append("service_tier", "default")
            object.append("choices", [choice(["content": "", "role": "assistant"], .string(reason))])
        case .unfinished:
            object.append("choices", [choice(["content": "", "role": "assistant"], .null)])
        }
        object.append("usage", usageCounts)
        return Block(.usage, .json(.object(object)))
    }

    static let usageCounts: JSON = [
        "prompt_tokens": 41, "completion_tokens": 1009, "total_tokens": 1050, "cost": 0.0000308, "is_byok": false,
        "prompt_tokens_details": ["cached_tokens": 0, "audio_tokens": 0],
        "cost_details": ["upstream_inference_cost": .null],
        "completion_tokens_details": ["reasoning_tokens": 0],
    ]

    /// The members that open each chunk.
    static var head: JSONObject {
        [
            "id": "gen-1785401122-Qw8rTz1LkPv0BnX4sYd7", "object": "chat.completion.chunk", "created": 1_785_401_122,
            "model": "openai/gpt-4.1-mini", "provider": "OpenAI",
        ]
    }

    static func chunk(_ delta: JSON, finishReason: JSON = .null) -> JSON {
        var object = head
        object.append("choices", [choice(delta, finishReason)])
        return .object(object)
    }

    private static func choice(_ delta: JSON, _ reason: JSON) -> JSON {
        ["index": 0, "delta": delta, "finish_reason": reason, "native_finish_reason": reason]
    }

    private static func toolBlocks(_ calls: [Conversation.ToolCall], _ style: ToolStyle) -> [Block] {
        let pieces = calls.map { style.opensEmpty ? [""] + $0.pieces : $0.pieces.isEmpty ? [""] : $0.pieces }
        return style.chunks(pieces.map(\.count)).map { fragments in
            let fragments: [JSON] = fragments.map { call, piece in
                .object(fragment(calls[call], index: call, piece: pieces[call][piece], isFirst: piece == 0, style))
            }
            let delta: JSON = ["content": .null, "role": "assistant", "tool_calls": .array(fragments)]
            return Block(.tool, .json(chunk(delta)))
        }
    }

    private static func fragment(
        _ call: Conversation.ToolCall,
        index: Int,
        piece: String,
        isFirst: Bool,
        _ style: ToolStyle
    ) -> JSONObject {
        var fragment: JSONObject = [:]
        if style.hasIndex {
            let shown = style.sharesIndex ? 0 : index
            switch style.indexSpelling {
            case .integer: fragment.append("index", .integer(shown))
            case .float: fragment.append("index", .decimal("\(shown).0"))
            case .text: fragment.append("index", .string("\(shown)"))
            }
        }
        fragment.append("id", isFirst ? .string(call.id) : repeated(call.id, style.laterID))
        if isFirst || style.hasLaterType { fragment.append("type", "function") }
        var function: JSONObject = [:]
        function.append("name", isFirst ? .string(call.name) : repeated(call.name, style.laterName))
        if !piece.isEmpty || !style.omitsEmptyArguments { function.append("arguments", .string(piece)) }
        fragment.append("function", .object(function))
        return fragment
    }

    private static func repeated(_ value: String, _ repetition: ToolStyle.Repetition) -> JSON? {
        switch repetition {
        case .absent: nil
        case .same: .string(value)
        case .null: .null
        case .empty: ""
        }
    }
}

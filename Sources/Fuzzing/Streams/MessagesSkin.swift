internal import OpenRouterAPI

/// Streams of `/messages`.
enum MessagesSkin {
    static func blocks(_ conversation: Conversation, _ tools: ToolStyle, _ parts: PartStyle) -> [Block] {
        var blocks: [Block] = [event(.opening, "message_start", ["message": message])]
        var index = 0
        func add(_ opening: JSON, _ role: Block.Role, _ deltas: [JSON]) {
            blocks.append(
                event(.opening, "content_block_start", ["index": .integer(index), "content_block": opening])
            )
            for delta in deltas {
                blocks.append(event(role, "content_block_delta", ["index": .integer(index), "delta": delta]))
            }
            blocks.append(event(.opening, "content_block_stop", ["index": .integer(index)]))
            index += 1
        }
        func addText(_ pieces: [String]) {
            add(
                ["type": "text", "text": "", "citations": .null],
                .text,
                pieces.map { ["type": "text_delta", "text": .string($0)] }
            )
        }
        if !conversation.reasoning.isEmpty {
            let deltas: [JSON] = conversation.reasoning.map { ["type": "thinking_delta", "thinking": .string($0)] }
            add(
                ["type": "thinking", "thinking": "", "signature": ""],
                .reasoning,
                deltas + [["type": "signature_delta", "signature": "EqQBCkYI"]]
            )
        }
        var texts = parts.texts(conversation.text)
        let late = parts.text == .aroundCalls ? texts.popLast() : nil
        texts.forEach(addText)
        for call in conversation.toolCalls {
            let opening = tools.omitsEmptyArguments ? [] : [""]
            add(
                ["type": "tool_use", "id": .string(call.id), "name": .string(call.name), "input": [:]],
                .tool,
                (opening + call.pieces).map { ["type": "input_json_delta", "partial_json": .string($0)] }
            )
        }
        if let late { addText(late) }
        let reason: JSON = conversation.toolCalls.isEmpty ? "end_turn" : "tool_use"
        let delta: JSON = ["stop_reason": reason, "stop_sequence": .null]
        blocks.append(
            event(.usage, "message_delta", ["delta": delta, "usage": ["input_tokens": 20, "output_tokens": 6]])
        )
        blocks.append(event(.finish, "message_stop", [:]))
        return blocks
    }

    static func event(_ role: Block.Role, _ type: String, _ members: JSONObject) -> Block {
        var object: JSONObject = ["type": .string(type)]
        object.append(contentsOf: members)
        return Block(role, .json(.object(object)), event: type)
    }

    private static let message: JSON = [
        "id": "gen-1785403301-Hh7Jj8Kk9Ll0Mm1Nn2Pp", "type": "message", "role": "assistant", "content": [],
        "model": "anthropic/claude-4.6-sonnet-20260217", "stop_reason": .null, "stop_sequence": .null,
        "usage": ["input_tokens": 20, "output_tokens": 1],
    ]
}

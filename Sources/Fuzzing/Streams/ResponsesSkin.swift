internal import OpenRouterAPI

/// Streams of `/responses`.
enum ResponsesSkin {
    static func blocks(_ conversation: Conversation, _ parts: PartStyle) -> [Block] {
        var stream = ResponsesItems()
        stream.add(.opening, "response.created", ["response": response("in_progress", output: [])])
        stream.add(.opening, "response.in_progress", ["response": response("in_progress", output: [])])
        var reasoning: ResponsesItems.Open?
        if !conversation.reasoning.isEmpty {
            let item = stream.openReasoning(conversation.reasoning)
            stream.addReasoning(item)
            if parts.mixing == .reasoningLast { reasoning = item } else { stream.closeReasoning(item) }
        }
        var texts = parts.texts(conversation.text)
        let late = parts.text == .aroundCalls ? texts.popLast() : nil
        for text in texts { stream.addText(text) }
        stream.addCalls(conversation.toolCalls, parts.mixing)
        if let late { stream.addText(late) }
        if let reasoning { stream.closeReasoning(reasoning) }
        var completed = response("completed", output: stream.output)
        completed.edit { $0.append("usage", usageCounts) }
        stream.add(.finish, "response.completed", ["response": completed])
        return stream.blocks + [.sentinel]
    }

    private static let usageCounts: JSON = [
        "input_tokens": 41, "input_tokens_details": ["cached_tokens": 0], "output_tokens": 1009,
        "output_tokens_details": ["reasoning_tokens": 0], "total_tokens": 1050, "cost": 0.0000308, "is_byok": false,
    ]

    /// The last event of an answer that failed.
    static func failure(_ error: JSON, number: Int) -> Block {
        var failed = response("failed", output: [])
        failed.edit { $0["error"] = error }
        return Block(
            .failure,
            .json(["type": "response.failed", "response": failed, "sequence_number": .integer(number)])
        )
    }

    private static func response(_ status: String, output: [JSON]) -> JSON {
        [
            "object": "response", "id": "gen-1785403300-Hh7Jj8Kk9Ll0Mm1Nn2Pp", "created_at": 1_785_403_300,
            "status": .string(status), "error": .null, "output": .array(output), "model": "openai/gpt-4.1-mini",
            "incomplete_details": .null, "tools": [], "tool_choice": "auto", "parallel_tool_calls": true,
            "metadata": [:], "temperature": .null, "top_p": .null, "max_output_tokens": .null, "instructions": .null,
        ]
    }
}

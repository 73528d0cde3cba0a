internal import OpenRouterAPI

/// Streams of `/responses`.
enum ResponsesSkin {
    static func blocks(_ conversation: Conversation) -> [Block] {
        var stream = Stream()
        stream.add(.opening, "response.created", ["response": response("in_progress", output: [])])
        stream.add(.opening, "response.in_progress", ["response": response("in_progress", output: [])])
        var output: [JSON] = []
        if !conversation.reasoning.isEmpty {
            output.append(stream.addReasoning(conversation.reasoning, at: output.count))
        }
        if !conversation.text.isEmpty { output.append(stream.addText(conversation.text, at: output.count)) }
        for call in conversation.toolCalls { output.append(stream.addCall(call, at: output.count)) }
        stream.add(.finish, "response.completed", ["response": response("completed", output: output)])
        return stream.blocks + [.sentinel]
    }

    static func failure(code: String, message: String, number: Int) -> Block {
        var failed = response("failed", output: [])
        if case .object(var object) = failed {
            object["error"] = ["code": .string(code), "message": .string(message)]
            failed = .object(object)
        }
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

    /// The events so far; counts them.
    private struct Stream {
        var blocks: [Block] = []

        mutating func add(_ role: Block.Role, _ type: String, _ members: JSONObject) {
            var object: JSONObject = ["type": .string(type)]
            object.append(contentsOf: members)
            object.append("sequence_number", .integer(blocks.count))
            blocks.append(Block(role, .json(.object(object))))
        }

        mutating func addReasoning(_ pieces: [String], at index: Int) -> JSON {
            let id = "rs_tmp_\(index)"
            let done: JSON = [
                "type": "reasoning", "id": .string(id), "summary": [],
                "content": [["type": "reasoning_text", "text": .string(pieces.joined())]],
            ]
            let open: JSON = ["type": "reasoning", "id": .string(id), "summary": [], "content": []]
            add(.opening, "response.output_item.added", ["output_index": .integer(index), "item": open])
            for piece in pieces {
                add(
                    .reasoning,
                    "response.reasoning_text.delta",
                    [
                        "output_index": .integer(index), "item_id": .string(id), "content_index": 0,
                        "delta": .string(piece),
                    ]
                )
            }
            add(.opening, "response.output_item.done", ["output_index": .integer(index), "item": done])
            return done
        }

        mutating func addText(_ pieces: [String], at index: Int) -> JSON {
            let id = "msg_tmp_\(index)"
            func item(_ status: String, _ content: JSON) -> JSON {
                [
                    "type": "message", "status": .string(status), "content": content, "id": .string(id),
                    "role": "assistant",
                ]
            }
            let place: JSONObject = ["item_id": .string(id), "output_index": .integer(index), "content_index": 0]
            func placed(_ members: JSONObject) -> JSONObject {
                var object = place
                object.append(contentsOf: members)
                return object
            }
            let whole = JSON.string(pieces.joined())
            let part: JSON = ["type": "output_text", "annotations": [], "text": whole]
            add(
                .opening,
                "response.output_item.added",
                ["output_index": .integer(index), "item": item("in_progress", [])]
            )
            add(
                .opening,
                "response.content_part.added",
                placed(["part": ["type": "output_text", "annotations": [], "text": ""]])
            )
            for piece in pieces {
                add(.text, "response.output_text.delta", placed(["delta": .string(piece), "logprobs": []]))
            }
            add(.opening, "response.output_text.done", placed(["text": whole, "logprobs": []]))
            add(.opening, "response.content_part.done", placed(["part": part]))
            let done = item("completed", [part])
            add(.opening, "response.output_item.done", ["output_index": .integer(index), "item": done])
            return done
        }

        mutating func addCall(_ call: Conversation.ToolCall, at index: Int) -> JSON {
            let id = "fc_tmp_\(index)"
            let joined = call.pieces.joined()
            func item(_ status: String, _ arguments: String) -> JSON {
                [
                    "type": "function_call", "id": .string(id), "call_id": .string(call.id),
                    "name": .string(call.name), "arguments": .string(arguments), "status": .string(status),
                ]
            }
            let place: JSONObject = ["item_id": .string(id), "output_index": .integer(index)]
            add(
                .opening,
                "response.output_item.added",
                ["output_index": .integer(index), "item": item("in_progress", "")]
            )
            for piece in call.pieces {
                var members = place
                members.append("delta", .string(piece))
                add(.tool, "response.function_call_arguments.delta", members)
            }
            var members = place
            members.append("name", .string(call.name))
            members.append("arguments", .string(joined))
            add(.opening, "response.function_call_arguments.done", members)
            let done = item("completed", joined)
            add(.opening, "response.output_item.done", ["output_index": .integer(index), "item": done])
            return done
        }
    }
}

internal import OpenRouterAPI

/// The events of a stream of `/responses` while its items are written: counts them, and collects the items as the last
/// event has them.
struct ResponsesItems: Sendable {
    /// An item that is opened and not closed.
    struct Open: Sendable {
        let index: Int
        let id: String
        let pieces: [String]

        fileprivate var whole: JSON { .string(pieces.joined()) }
        fileprivate var place: JSONObject { ["item_id": .string(id), "output_index": .integer(index)] }

        fileprivate func placed(_ members: JSONObject, inContent isContent: Bool = false) -> JSONObject {
            var object = place
            if isContent { object.append("content_index", 0) }
            object.append(contentsOf: members)
            return object
        }
    }

    private(set) var blocks: [Block] = []
    /// The items as they are when all is said, by `output_index`.
    private(set) var output: [JSON] = []

    mutating func add(_ role: Block.Role, _ type: String, _ members: JSONObject) {
        var object: JSONObject = ["type": .string(type)]
        object.append(contentsOf: members)
        object.append("sequence_number", .integer(blocks.count))
        blocks.append(Block(role, .json(.object(object))))
    }

    private mutating func open(_ prefix: String, _ pieces: [String], done: (Open) -> JSON, item: (Open) -> JSON) -> Open
    {
        let open = Open(index: output.count, id: "\(prefix)_tmp_\(output.count)", pieces: pieces)
        output.append(done(open))
        add(.opening, "response.output_item.added", ["output_index": .integer(open.index), "item": item(open)])
        return open
    }

    private mutating func close(_ open: Open) {
        let members: JSONObject = ["output_index": .integer(open.index), "item": output[open.index]]
        add(.opening, "response.output_item.done", members)
    }
}

extension ResponsesItems {
    mutating func openReasoning(_ pieces: [String]) -> Open {
        open("rs", pieces) { open in
            [
                "type": "reasoning", "id": .string(open.id), "summary": [],
                "content": [["type": "reasoning_text", "text": open.whole]],
            ]
        } item: { open in
            ["type": "reasoning", "id": .string(open.id), "summary": [], "content": []]
        }
    }

    mutating func addReasoning(_ open: Open) {
        let part: JSON = ["type": "reasoning_text", "text": ""]
        add(.opening, "response.content_part.added", open.placed(["part": part], inContent: true))
        for piece in open.pieces {
            let members = open.placed(["delta": .string(piece)], inContent: true)
            add(.reasoning, "response.reasoning_text.delta", members)
        }
    }

    mutating func closeReasoning(_ open: Open) {
        add(.opening, "response.reasoning_text.done", open.placed(["text": open.whole], inContent: true))
        let part: JSON = ["type": "reasoning_text", "text": open.whole]
        add(.opening, "response.content_part.done", open.placed(["part": part], inContent: true))
        close(open)
    }

    mutating func addText(_ pieces: [String]) {
        func item(_ open: Open, _ status: String, _ content: JSON) -> JSON {
            [
                "type": "message", "status": .string(status), "content": content, "id": .string(open.id),
                "role": "assistant",
            ]
        }
        func part(_ text: JSON) -> JSON { ["type": "output_text", "annotations": [], "text": text] }
        let open = open("msg", pieces) { open in
            item(open, "completed", [part(open.whole)])
        } item: { open in
            item(open, "in_progress", [])
        }
        add(.opening, "response.content_part.added", open.placed(["part": part("")], inContent: true))
        for piece in pieces {
            let members = open.placed(["delta": .string(piece), "logprobs": []], inContent: true)
            add(.text, "response.output_text.delta", members)
        }
        let done = open.placed(["text": open.whole, "logprobs": []], inContent: true)
        add(.opening, "response.output_text.done", done)
        add(.opening, "response.content_part.done", open.placed(["part": part(open.whole)], inContent: true))
        close(open)
    }

    mutating func addCalls(_ calls: [Conversation.ToolCall], _ mixing: PartStyle.Mixing) {
        guard mixing == .openedFirst || mixing == .alternating else {
            for call in calls {
                let open = openCall(call)
                for piece in call.pieces { addPiece(piece, of: open) }
                closeCall(open, name: call.name)
            }
            return
        }
        let opened = calls.map { openCall($0) }
        if mixing == .alternating {
            for number in 0..<(calls.map(\.pieces.count).max() ?? 0) {
                for open in opened where number < open.pieces.count { addPiece(open.pieces[number], of: open) }
            }
        }
        for (call, open) in zip(calls, opened) {
            if mixing == .openedFirst { for piece in call.pieces { addPiece(piece, of: open) } }
            closeCall(open, name: call.name)
        }
    }

    private mutating func openCall(_ call: Conversation.ToolCall) -> Open {
        func item(_ open: Open, _ status: String, _ arguments: JSON) -> JSON {
            [
                "type": "function_call", "id": .string(open.id), "call_id": .string(call.id),
                "name": .string(call.name), "arguments": arguments, "status": .string(status),
            ]
        }
        return open("fc", call.pieces) { open in
            item(open, "completed", open.whole)
        } item: { open in
            item(open, "in_progress", "")
        }
    }

    private mutating func addPiece(_ piece: String, of open: Open) {
        add(.tool, "response.function_call_arguments.delta", open.placed(["delta": .string(piece)]))
    }

    private mutating func closeCall(_ open: Open, name: String) {
        let members = open.placed(["name": .string(name), "arguments": open.whole])
        add(.opening, "response.function_call_arguments.done", members)
        close(open)
    }
}

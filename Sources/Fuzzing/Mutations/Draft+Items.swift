internal import OpenRouterAPI

// The changes of the mutations of items and blocks that take more than a line.

extension Draft {
    /// The member that tells items, or blocks, apart.
    private var indexKey: String { api == .responses ? "output_index" : "index" }

    private func partIndex(of block: Block) -> Int? {
        guard case .json(let json)? = block.payload, case .integer(let index)? = json.members?[indexKey] else {
            return nil
        }
        return index
    }

    /// Puts an item, or block, that is neither text nor a call before or after the others.
    mutating func addPart(_ value: String) -> Bool {
        let isLast = value == "unknown-last"
        let places = blocks.indices.filter { partIndex(of: blocks[$0]) != nil }
        guard let first = places.first, let last = places.last else { return false }
        let index = isLast ? (places.compactMap { partIndex(of: blocks[$0]) }.max() ?? 0) + 1 : 0
        guard let (events, item) = api == .responses ? otherItem(value, at: index) : otherBlock(value, at: index) else {
            return false
        }
        if !isLast {
            for place in places {
                let shifted = (partIndex(of: blocks[place]) ?? 0) + 1
                blocks[place].edit { [indexKey] in $0[indexKey] = .integer(shifted) }
            }
        }
        for place in indices(.finish) {
            blocks[place].edit("response") { response in
                guard case .array(let output)? = response["output"] else { return }
                response["output"] = .array(isLast ? output + [item] : [item] + output)
            }
        }
        blocks.insert(contentsOf: events, at: isLast ? last + 1 : first)
        number()
        return true
    }

    /// Counts the events of the responses API anew.
    private mutating func number() {
        var number = 0
        for place in blocks.indices {
            guard case .json(let json)? = blocks[place].payload, json.members?["sequence_number"] != nil else {
                continue
            }
            blocks[place].edit { [number] in $0["sequence_number"] = .integer(number) }
            number += 1
        }
    }

    private func otherBlock(_ value: String, at index: Int) -> (events: [Block], item: JSON)? {
        let opening: JSON
        var delta: JSON?
        switch value {
        case "summary": return nil
        case "secret", "secret-call": opening = ["type": "redacted_thinking", "data": "EmwKAhgBEgy3va3pzix"]
        default:
            opening = ["type": "novelty", "note": "new in this version"]
            delta = ["type": "novelty_delta", "note": "NO"]
        }
        var events = [
            MessagesSkin.event(.opening, "content_block_start", ["index": .integer(index), "content_block": opening])
        ]
        if let delta {
            events.append(
                MessagesSkin.event(.opening, "content_block_delta", ["index": .integer(index), "delta": delta])
            )
        }
        events.append(MessagesSkin.event(.opening, "content_block_stop", ["index": .integer(index)]))
        return (events, opening)
    }

    private func otherItem(_ value: String, at index: Int) -> (events: [Block], item: JSON) {
        func event(_ type: String, _ members: JSONObject) -> Block {
            var object: JSONObject = ["type": .string(type), "output_index": .integer(index)]
            object.append(contentsOf: members)
            object.append("sequence_number", 0)
            return Block(.opening, .json(.object(object)))
        }
        let open: JSON
        var done: JSON
        var events: [Block] = []
        switch value {
        case "secret", "secret-call":
            open = ["type": "reasoning", "id": "rs_tmp_s", "summary": [], "encrypted_content": "gAAAAB=="]
            done = open
        case "summary":
            let place: JSONObject = ["item_id": "rs_tmp_s", "summary_index": 0]
            func placed(_ key: String, _ value: JSON) -> JSONObject {
                var object = place
                object.append(key, value)
                return object
            }
            let part: JSON = ["type": "summary_text", "text": "HIDDEN "]
            open = ["type": "reasoning", "id": "rs_tmp_s", "summary": []]
            done = ["type": "reasoning", "id": "rs_tmp_s", "summary": [part]]
            events = [
                event(
                    "response.reasoning_summary_part.added",
                    placed("part", ["type": "summary_text", "text": ""])
                ),
                event("response.reasoning_summary_text.delta", placed("delta", "HIDDEN ")),
                event("response.reasoning_summary_text.done", placed("text", "HIDDEN ")),
                event("response.reasoning_summary_part.done", placed("part", part)),
            ]
        default:
            // No event of a new kind inside it: whoever does not know that one has another defect (`other-delta`).
            open = ["type": "novelty", "id": "nv_tmp_0", "status": "in_progress"]
            done = open
            done.edit { $0["status"] = "completed" }
        }
        let opening = event("response.output_item.added", ["item": open])
        return ([opening] + events + [event("response.output_item.done", ["item": done])], done)
    }

    /// Puts an event that says something else between two deltas of the text.
    mutating func addDelta(_ value: String) -> Bool {
        let texts = indices(.text)
        guard !texts.isEmpty, case .json(var json)? = blocks[texts[texts.count / 2]].payload else { return false }
        switch (api, value) {
        case (.messages, _):
            let citation: JSON = [
                "type": "char_location", "cited_text": "NO", "document_index": 0, "document_title": "NO",
                "start_char_index": 0, "end_char_index": 2,
            ]
            let delta: JSON =
                value == "citation"
                ? ["type": "citations_delta", "citation": citation] : ["type": "novelty_delta", "note": "NO"]
            json.edit { $0["delta"] = delta }
        case (.responses, "citation"):
            let annotation: JSON = [
                "type": "url_citation", "url": "https://example.com", "title": "NO", "start_index": 0, "end_index": 1,
            ]
            json.edit { object in
                object["type"] = "response.output_text.annotation.added"
                object["delta"] = nil
                object["logprobs"] = nil
                object.append("annotation_index", 0)
                object.append("annotation", annotation)
            }
        default:
            json.edit { object in
                object["type"] = "response.novelty.delta"
                object["delta"] = "NO"
                object["logprobs"] = nil
            }
        }
        blocks.insert(
            Block(.filler, .json(json), event: blocks[texts[texts.count / 2]].event),
            at: texts[texts.count / 2]
        )
        number()
        return true
    }

    /// Leaves usage out in one of its places.
    mutating func hideUsage(_ value: String) {
        let usage: JSON? = value == "missing" ? nil : .null
        switch (api, value) {
        case (.responses, "start"):
            blocks[start].edit("response") { $0.append("usage", .null) }
        case (.messages, "start"): blocks[start].edit("message") { $0["usage"] = nil }
        case (.responses, _): for place in indices(.finish) { blocks[place].edit("response") { $0["usage"] = usage } }
        default: for place in indices(.usage) { blocks[place].edit { $0["usage"] = usage } }
        }
    }

    mutating func stop(_ value: String) -> Bool {
        let isLength = value == "length"
        if value != "tool-end" { verdict = .either }
        switch api {
        case .chat: return false
        case .messages:
            let reason: JSON = value == "tool-end" ? "end_turn" : isLength ? "max_tokens" : "refusal"
            for place in indices(.usage) { blocks[place].edit("delta") { $0["stop_reason"] = reason } }
        case .responses:
            guard value != "tool-end" else { return false }
            let details: JSON = ["reason": isLength ? "max_output_tokens" : "content_filter"]
            for place in indices(.finish) {
                blocks[place].edit { $0["type"] = "response.incomplete" }
                blocks[place].edit("response") { response in
                    response["status"] = "incomplete"
                    response["incomplete_details"] = details
                }
            }
        }
        return true
    }
}

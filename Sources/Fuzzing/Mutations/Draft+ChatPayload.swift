internal import OpenRouterAPI
internal import Tapes

// The changes of the payload mutations that take more than a line.

extension Draft {
    /// Tells usage elsewhere than on the finish chunk.
    mutating func tellUsage(_ value: String) {
        guard let finish = indices(.finish).last else { return }
        let reason = conversation.toolCalls.isEmpty ? "stop" : tools.finishReason
        guard value != "null-everywhere" else {
            for index in indices(.text, .tool, .reasoning) { blocks[index].edit { $0["usage"] = .null } }
            return
        }
        blocks[finish].edit { $0["usage"] = nil }
        switch value {
        case "no-choices": blocks.insert(ChatSkin.usage(.noChoices, reason: reason), at: finish + 1)
        case "repeated": blocks.insert(ChatSkin.usage(.repeated, reason: reason), at: finish + 1)
        case "unfinished": blocks.insert(ChatSkin.usage(.unfinished, reason: reason), at: finish + 1)
        default: break
        }
    }

    mutating func sayNothing(_ value: String) {
        var block = ChatSkin.empty(.filler)
        switch value {
        case "null": block.editDelta { $0["content"] = .null }
        case "missing": block.editDelta { $0["content"] = nil }
        case "empty": break
        case "role-only": block.editDelta { $0["content"] = nil }
        case "delta-empty": block.editChoices { $0["delta"] = [:] }
        case "delta-null": block.editChoices { $0["delta"] = .null }
        case "delta-missing": block.editChoices { $0["delta"] = nil }
        case "tool-calls-null": block.editDelta { $0["tool_calls"] = .null }
        case "tool-calls-empty": block.editDelta { $0["tool_calls"] = [] }
        default:
            for index in indices(.finish) {
                if value == "finish-null" {
                    blocks[index].editDelta { $0["content"] = .null }
                } else {
                    blocks[index].editChoices { $0["delta"] = [:] }
                }
            }
            return
        }
        blocks.insert(block, at: middle)
        if value == "role-only" { blocks.insert(block, at: start) }
    }

    mutating func finish(_ value: String) -> Bool {
        guard let finish = indices(.finish).last else { return false }
        switch value {
        case "with-text":
            guard let last = indices(.text).last, last == finish - 1, case .json(let json)? = blocks[last].payload,
                let content = Self.content(of: json)
            else { return false }
            blocks[finish].editDelta { $0["content"] = content }
            blocks.remove(at: last)
        case "twice":
            let repeated = blocks[finish]
            blocks.insert(repeated, at: finish)
        case "sentinel-only":
            blocks[finish].editChoices {
                $0["finish_reason"] = .null
                $0["native_finish_reason"] = .null
            }
            blocks[finish].role = .usage
        case "native": blocks[finish].editChoices { $0["native_finish_reason"] = "STOP_V2" }
        case "tool-stop": blocks[finish].editChoices { $0["finish_reason"] = "stop" }
        default:
            let reason: JSON = value == "length" ? "length" : "content_filter"
            blocks[finish].editChoices { $0["finish_reason"] = reason }
            verdict = .either
        }
        return true
    }

    /// Puts the last text and the first fragment into one delta.
    mutating func joinTextAndTool() -> Bool {
        guard let text = indices(.text).last, let tool = indices(.tool).first, tool == text + 1,
            case .json(let json)? = blocks[text].payload, let content = Self.content(of: json)
        else { return false }
        blocks[tool].editDelta { $0["content"] = content }
        blocks.remove(at: text)
        return true
    }

    /// Puts the finish reason, and usage, on the chunk of the last fragment.
    mutating func joinToolAndFinish() -> Bool {
        guard let finish = indices(.finish).first, let tool = indices(.tool).last, finish == tool + 1,
            case .json(let json)? = blocks[tool].payload, let calls = Self.delta(of: json)?.members?["tool_calls"]
        else { return false }
        blocks[finish].editDelta { $0.append("tool_calls", calls) }
        blocks.remove(at: tool)
        return true
    }

    static func content(of chunk: JSON) -> JSON? {
        delta(of: chunk)?.members?["content"]
    }

    private static func delta(of chunk: JSON) -> JSON? {
        guard case .array(let choices)? = chunk.members?["choices"] else { return nil }
        return choices.first?.members?["delta"]
    }

    mutating func addMembers(_ value: String) -> Bool {
        guard api == .chat || value != "choice" else { return false }
        let novelty: JSON = ["nested": [["deep": [1, 2.5, .null, true]], "text"]]
        for index in blocks.indices where blocks[index].payload != nil {
            switch value {
            case "top": blocks[index].edit { $0.append("x_novelty", novelty) }
            case "choice": blocks[index].editChoices { $0.append("x_novelty", novelty) }
            case "delta" where api != .chat:
                for key in ["delta", "item", "part", "response", "message", "content_block"] {
                    blocks[index].edit(key) { $0.append("x_novelty", novelty) }
                }
            case "delta":
                blocks[index].editDelta {
                    $0.append("x_novelty", novelty)
                    $0.append("annotations", [])
                    $0.append("refusal", .null)
                }
            case "large":
                blocks[index].edit { $0.append("x_padding", .string(String(repeating: "padding ", count: 500))) }
            default:
                // Before the others, and after them: a search for the first or the last of a name finds it.
                blocks[index].edit { object in
                    let decoy: JSON = ["content": "NO", "error": "none", "text": "NO", "delta": "NO"]
                    object = JSONObject(
                        [("x_note", decoy)] + object.members.map { ($0.key, $0.value) } + [("x_end", decoy)]
                    )
                }
            }
        }
        return true
    }

    mutating func addReasoning(_ value: String) {
        func block(_ delta: JSON) -> Block { Block(.reasoning, .json(ChatSkin.chunk(delta))) }
        let detail: JSON = ["type": "reasoning.text", "text": "HIDDEN ", "format": "unknown", "index": 0]
        let place = value == "between" ? middle : carriers.first ?? start
        switch value {
        case "null-content":
            blocks.insert(block(["role": "assistant", "content": .null, "reasoning": "HIDDEN "]), at: place)
        case "no-content": blocks.insert(block(["role": "assistant", "reasoning": "HIDDEN "]), at: place)
        case "details":
            blocks.insert(block(["role": "assistant", "content": "", "reasoning_details": [detail]]), at: place)
        case "encrypted":
            let secret: JSON = [
                "type": "reasoning.encrypted", "data": "gAAAAB==", "id": "rs_1", "format": "openai-responses-v1",
                "index": 0,
            ]
            blocks.insert(
                block(["role": "assistant", "content": "", "reasoning": .null, "reasoning_details": [secret]]),
                at: place
            )
        case "content-name":
            blocks.insert(block(["role": "assistant", "content": "", "reasoning_content": "HIDDEN "]), at: place)
        default:
            for text in ["HIDDEN ", "thought. "] {
                blocks.insert(
                    block([
                        "content": "", "role": "assistant", "reasoning": .string(text), "reasoning_details": [detail],
                    ]),
                    at: place
                )
            }
        }
    }

    /// Puts a byte that is no UTF-8 after the first letter of the first text.
    mutating func breakCharacter() -> Bool {
        guard let index = indices(.text).first, case .json(let json)? = blocks[index].payload else { return false }
        let bytes = spelling.bytes(json)
        guard let first = conversation.text.first?.first, let place = Self.place(of: first, in: bytes) else {
            return false
        }
        blocks[index].payload = .raw(Array(bytes[..<place]) + [0xFF] + bytes[place...])
        expected.text = "\(first)\u{FFFD}" + conversation.text.joined().dropFirst()
        verdict = .either
        return true
    }

    /// The offset after the first letter of a text that follows `"`.
    private static func place(of letter: Character, in bytes: [UInt8]) -> Int? {
        let pattern = Array(":\"\(letter)".utf8)
        let start = bytes.indices.dropLast(pattern.count).last { bytes[$0..<$0 + pattern.count].elementsEqual(pattern) }
        return start.map { $0 + pattern.count }
    }
}

extension Conversation {
    /// Cuts the text elsewhere.
    mutating func resplit(_ value: String, _ generator: inout SeededGenerator) -> Bool {
        guard !text.isEmpty else { return false }
        let whole = text.joined()
        switch value {
        // A letter and its marks are apart, as tokens are.
        case "characters": text = whole.unicodeScalars.map { String($0) }
        case "whole": text = [whole]
        case "empty": text = text.flatMap { ["", $0] } + [""]
        default:
            let scalars = Array(whole.unicodeScalars)
            text = []
            var start = 0
            while start < scalars.count {
                let end = min(scalars.count, start + generator.integer(in: 1...9))
                var piece = String.UnicodeScalarView()
                piece.append(contentsOf: scalars[start..<end])
                text.append(String(piece))
                start = end
            }
        }
        return true
    }

    /// Cuts between the two halves of each character outside the basic plane.
    mutating func splitSurrogates() -> Bool {
        var pieces: [String] = []
        for piece in text {
            var current = ""
            for scalar in piece.unicodeScalars {
                if let (high, low) = LoneSurrogate.halves(of: scalar) {
                    pieces.append(current + high)
                    current = low
                } else {
                    current.unicodeScalars.append(scalar)
                }
            }
            pieces.append(current)
        }
        let isSplit = pieces.count > text.count
        text = pieces
        return isSplit
    }
}

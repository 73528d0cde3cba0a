internal import OpenRouterAPI

/// The content of a message as its events add up, the way Anthropic's SDKs add them.
struct MessagesContent {
    private(set) var blocks: [JSON] = []
    private var open: MessagesBlock?
    /// Text, thoughts or input of the open block.
    private var words = ""
    private var signature = ""
    private var citations: [JSON] = []

    mutating func add(_ event: MessagesEvent) {
        switch event {
        case .blockStart(let block):
            open = block
            words = ""
            signature = ""
            citations = []
        case .delta(.thinking(let piece)), .delta(.text(let piece)), .delta(.input(let piece)):
            words += piece
        case .delta(.signature(let text)):
            signature = text
        case .delta(.citation(let citation)):
            citations.append(citation)
        case .blockStop:
            guard let open else { return }
            blocks.append(.object(finished(open)))
            self.open = nil
        case .wait, .silence, .failure:
            break
        }
    }

    private func finished(_ block: MessagesBlock) -> JSONObject {
        var json = block.json
        switch block {
        case .thinking:
            json["thinking"] = .string(words)
            json["signature"] = .string(signature)
        case .text:
            json["text"] = .string(words)
            if !citations.isEmpty { json["citations"] = .array(citations) }
        case .call:
            json["input"] = input
        case .whole:
            break
        }
        return json
    }

    /// An object even where a script's arguments are none; clients demand that.
    private var input: JSON {
        guard let value = try? JSONDocument(parsing: words.utf8).root, value.kind == .object else { return [:] }
        return JSON(value)
    }
}

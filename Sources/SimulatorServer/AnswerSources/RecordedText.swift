internal import OpenRouterAPI

/// The words and thoughts of a recorded answer of any API, out of its body or its deltas.
struct RecordedText {
    /// Of each so many bytes are kept, about: as many as a body has that is held in memory.
    private static let byteLimit = 1 << 20

    private(set) var completion: String?
    private(set) var reasoning: String?

    /// - Parameter documents: the body, or the events.
    init(_ documents: [JSONValue] = []) {
        for document in documents { read(document) }
    }

    /// The body, or the next event.
    mutating func read(_ document: JSONValue) {
        readChoice(document)
        readResponses(document)
        readMessages(document)
    }

    /// Chat and text completions, whole or a chunk.
    private mutating func readChoice(_ document: JSONValue) {
        guard let choice = document["choices"]?[0] else { return }
        let said = choice["message"] ?? choice["delta"]
        say((said?["content"] ?? choice["text"])?.string)
        think((said?["reasoning"] ?? choice["reasoning"])?.string)
    }

    /// A response object has all; of events the deltas count, which the last event repeats.
    private mutating func readResponses(_ document: JSONValue) {
        switch document["type"]?.string {
        case "response.output_text.delta": say(document["delta"]?.string)
        case "response.reasoning_text.delta", "response.reasoning_summary_text.delta":
            think(document["delta"]?.string)
        default: break
        }
        guard document["object"]?.string == "response" else { return }
        for item in document["output"].map({ Array($0.elements) }) ?? [] {
            let parts = (item["content"] ?? item["summary"]).map { Array($0.elements) } ?? []
            for part in parts where item["type"]?.string == "message" { say(part["text"]?.string) }
            for part in parts where item["type"]?.string == "reasoning" { think(part["text"]?.string) }
        }
    }

    private mutating func readMessages(_ document: JSONValue) {
        if document["type"]?.string == "content_block_delta" {
            say(document["delta"]?["text"]?.string)
            think(document["delta"]?["thinking"]?.string)
        }
        guard document["type"]?.string == "message" else { return }
        for block in document["content"].map({ Array($0.elements) }) ?? [] {
            say(block["text"]?.string)
            think(block["thinking"]?.string)
        }
    }

    private mutating func say(_ text: String?) {
        add(text, to: &completion)
    }

    private mutating func think(_ text: String?) {
        add(text, to: &reasoning)
    }

    private func add(_ text: String?, to said: inout String?) {
        guard let text, !text.isEmpty, said?.utf8.count ?? 0 < Self.byteLimit else { return }
        said = (said ?? "") + text
    }
}

internal import OpenRouterAPI

/// What a chat answer says, however it was delivered: an unstreamed body or the deltas of a stream, joined.
struct ChatOutcome: Equatable {
    struct Call: Equatable {
        var id = ""
        var type = ""
        var name = ""
        var arguments = ""
    }

    struct Choice: Equatable {
        var text = ""
        var reasoning = ""
        /// Text or summary of the details, joined; signatures and ciphertexts differ from answer to answer.
        var details = ""
        var detailTypes: Set<String> = []
        var calls: [Call] = []
        var logprobs: [String] = []
        var finishReason = ""
        var nativeFinishReason = ""
    }

    var model = ""
    var provider = ""
    var choices: [Choice] = []
    var usage = ""

    init(unstreamed body: JSONValue) {
        model = body["model"]?.string ?? ""
        provider = body["provider"]?.string ?? ""
        usage = body["usage"]?.text ?? ""
        for choice in body["choices"]?.elements.map({ $0 }) ?? [] {
            choices.append(Choice())
            add(choice["message"], choice, to: choices.count - 1)
        }
    }

    init(streamed chunks: [JSONValue]) {
        for chunk in chunks {
            model = chunk["model"]?.string ?? ""
            provider = chunk["provider"]?.string ?? ""
            if let usage = chunk["usage"] { self.usage += usage.text }
            for choice in chunk["choices"]?.elements.map({ $0 }) ?? [] {
                let index = choice["index"]?.int ?? 0
                while choices.count <= index { choices.append(Choice()) }
                add(choice["delta"], choice, to: index)
            }
        }
    }

    private mutating func add(_ message: JSONValue?, _ choice: JSONValue, to index: Int) {
        choices[index].text += message?["content"]?.string ?? ""
        choices[index].reasoning += message?["reasoning"]?.string ?? ""
        for detail in message?["reasoning_details"]?.elements.map({ $0 }) ?? [] {
            choices[index].details += detail["text"]?.string ?? detail["summary"]?.string ?? ""
            choices[index].detailTypes.insert(detail["type"]?.string ?? "")
            if detail["signature"] != nil { choices[index].detailTypes.insert("signature") }
        }
        for call in message?["tool_calls"]?.elements.map({ $0 }) ?? [] {
            let position = call["index"]?.int ?? 0
            while choices[index].calls.count <= position { choices[index].calls.append(Call()) }
            choices[index].calls[position].id += call["id"]?.string ?? ""
            choices[index].calls[position].type = call["type"]?.string ?? ""
            choices[index].calls[position].name += call["function"]?["name"]?.string ?? ""
            choices[index].calls[position].arguments += call["function"]?["arguments"]?.string ?? ""
        }
        choices[index].logprobs += choice["logprobs"]?["content"]?.elements.map(\.text) ?? []
        // The usage chunk repeats the finish chunk.
        choices[index].finishReason = choice["finish_reason"]?.string ?? ""
        choices[index].nativeFinishReason = choice["native_finish_reason"]?.string ?? ""
    }
}

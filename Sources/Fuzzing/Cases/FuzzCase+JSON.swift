package import OpenRouterAPI

// A case as one line of JSON: in saved findings, reports and the corpus.

extension FuzzCase {
    package var json: JSON {
        let calls: [JSON] = base.conversation.toolCalls.map {
            ["id": .string($0.id), "name": .string($0.name), "pieces": .array($0.pieces.map { .string($0) })]
        }
        return [
            "api": .string(api.rawValue), "seed": .string(String(seed)),
            "mutations": .array(uses.map { [.string($0.mutation), .string($0.value)] }),
            "tape": [
                "name": .string(base.name),
                "reasoning": .array(base.conversation.reasoning.map { .string($0) }),
                "text": .array(base.conversation.text.map { .string($0) }),
                "tool_calls": .array(calls),
            ],
        ]
    }

    /// Nil for JSON that is no case.
    package init?(_ json: JSONValue) {
        guard let api = json["api"]?.string.flatMap(InferenceAPI.init(rawValue:)),
            let seed = json["seed"]?.string.flatMap({ UInt64($0) }),
            let tape = json["tape"], let name = tape["name"]?.string
        else { return nil }
        func strings(_ value: JSONValue?) -> [String] { value?.elements.compactMap(\.string) ?? [] }
        let calls = tape["tool_calls"]?.elements.compactMap { call -> Conversation.ToolCall? in
            guard let id = call["id"]?.string, let name = call["name"]?.string else { return nil }
            return .init(id: id, name: name, pieces: strings(call["pieces"]))
        }
        let conversation = Conversation(
            reasoning: strings(tape["reasoning"]),
            text: strings(tape["text"]),
            toolCalls: calls ?? []
        )
        let known = BaseTape.named(name)
        let base =
            known?.conversation == conversation
            ? known : BaseTape(name, "of a saved finding", known?.cause ?? .combination, conversation)
        guard let base else { return nil }
        self.init(api: api, base: base, seed: seed)
        for use in json["mutations"]?.elements.map({ $0 }) ?? [] {
            guard let mutation = use[0]?.string, let value = use[1]?.string,
                MutationTable.mutation(named: mutation)?.value(named: value) != nil
            else { return nil }
            uses.append(Use(mutation, value))
        }
    }
}

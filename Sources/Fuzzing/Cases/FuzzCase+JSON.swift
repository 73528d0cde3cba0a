package import OpenRouterAPI

// A case as one line of JSON: in saved findings, reports and the corpus.

extension FuzzCase {
    package var json: JSON {
        var tape: JSONObject = ["name": .string(base.name)]
        if let recorded = base.recorded {
            tape.append("recorded", recorded.json)
        } else {
            tape.append(contentsOf: Self.members(of: base.conversation))
        }
        return [
            "api": .string(api.rawValue), "seed": .string(String(seed)),
            "mutations": .array(uses.map { [.string($0.mutation), .string($0.value)] }), "tape": .object(tape),
        ]
    }

    private static func members(of conversation: Conversation) -> JSONObject {
        let calls: [JSON] = conversation.toolCalls.map {
            ["id": .string($0.id), "name": .string($0.name), "pieces": .array($0.pieces.map { .string($0) })]
        }
        return [
            "reasoning": .array(conversation.reasoning.map { .string($0) }),
            "text": .array(conversation.text.map { .string($0) }), "tool_calls": .array(calls),
        ]
    }

    /// Nil for JSON that is no case.
    package init?(_ json: JSONValue) {
        guard let api = json["api"]?.string.flatMap(InferenceAPI.init(rawValue:)),
            let seed = json["seed"]?.string.flatMap({ UInt64($0) }),
            let tape = json["tape"], let base = Self.base(tape, api: api)
        else { return nil }
        self.init(api: api, base: base, seed: seed)
        for use in json["mutations"]?.elements.map({ $0 }) ?? [] {
            guard let mutation = use[0]?.string, let value = use[1]?.string,
                MutationTable.mutation(named: mutation)?.value(named: value) != nil
            else { return nil }
            uses.append(Use(mutation, value))
        }
    }

    private static func base(_ tape: JSONValue, api: InferenceAPI) -> BaseTape? {
        guard let name = tape["name"]?.string else { return nil }
        let known = BaseTape.named(name)
        if let recorded = tape["recorded"] {
            guard let stream = RecordedStream(recorded, api: api) else { return nil }
            return BaseTape(name, "as it was recorded", .recorded, stream.conversation, recorded: stream)
        }
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
        guard known?.conversation != conversation else { return known }
        return BaseTape(name, "of a saved finding", known?.cause ?? .combination, conversation)
    }
}

extension RecordedStream {
    /// A list of events, each with its name or null, and of comments.
    fileprivate var json: JSON {
        .array(
            items.map { item in
                switch item {
                case .comment(let text): ["comment": .string(text)]
                case .event(let name, let data): ["event": name.map { .string($0) } ?? .null, "data": .string(data)]
                }
            }
        )
    }

    /// Nil for what is no usable stream.
    fileprivate init?(_ json: JSONValue, api: InferenceAPI) {
        var items: [Item] = []
        for element in json.elements {
            if let comment = element["comment"]?.string {
                items.append(.comment(comment))
            } else if let data = element["data"]?.string {
                items.append(.event(name: element["event"]?.string, data: data))
            }
        }
        guard let stream = try? RecordedStream(api: api, items: items) else { return nil }
        self = stream
    }
}

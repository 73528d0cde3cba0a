internal import OpenRouterAPI
internal import Tapes
internal import Testing

@testable internal import Simulation

@Suite("Responses, streamed and unstreamed")
struct ResponsesLawTests {
    static let tools = #"""
        "tools":[{"type":"function","name":"get_time","parameters":null},
        {"type":"function","name":"get_weather","parameters":\#(ToolTests.parameters)},
        {"type":"custom","name":"get_notes"},
        {"type":"namespace","name":"crm","description":"","tools":[{"type":"function","name":"get_customer"}]}]
        """#

    private static let serverTools = [
        #"{"type":"web_search_preview"}"#, #"{"type":"openrouter:web_search","parameters":{"engine":"exa"}}"#,
        #"{"type":"openrouter:datetime"}"#, #"{"type":"openrouter:web_fetch"}"#,
    ]

    static let result = #"""
        ,{"type":"function_call","id":"fc_1","call_id":"call_1","name":"get_time","arguments":"{}"},
        {"type":"function_call_output","call_id":"call_1","output":"noon"}
        """#

    /// A request that may use anything at once.
    static func request(seed: UInt64) -> Request {
        var random = SeededGenerator(seed: seed)
        var members: [String] = []
        func sometimes(_ percent: Int, _ member: @autoclosure () -> String) {
            if random.chance(percent: percent) { members.append(member()) }
        }
        members.append(#""model":"\#(random.choice(of: StreamingLawTests.models) ?? "")""#)
        let prompts =
            StreamingLawTests.prompts + ["Read https://example.com/page, please", "get_time, get_weather, get_notes"]
        let prompt = JSON.string(random.choice(of: prompts) ?? "").text
        let history = random.chance(percent: 20) ? result : ""
        members.append(#""input":[{"role":"user","content":\#(prompt)}\#(history)]"#)
        let limit = random.integer(in: 1...60)
        let alternatives = random.below(4)
        let effort = random.choice(of: ["minimal", "low", "medium", "high", "none"]) ?? ""
        let toolChoice = random.choice(of: ["auto", "none", "required"]) ?? ""
        let schema = random.choice(of: SchemaTable.rows.filter { $0.schema.hasPrefix("{") })?.schema ?? "{}"
        let serverTool = random.choice(of: serverTools) ?? ""
        sometimes(40, #""max_output_tokens":\#(limit)"#)
        sometimes(30, #""top_logprobs":\#(alternatives),"include":["message.output_text.logprobs"]"#)
        sometimes(40, #""reasoning":{"effort":"\#(effort)"}"#)
        if random.chance(percent: 30) {
            members.append(tools + #","tool_choice":"\#(toolChoice)""#)
        } else {
            sometimes(30, #""tools":[\#(serverTool)]"#)
        }
        sometimes(25, #""text":{"format":{"type":"json_schema","name":"n","schema":\#(schema)}}"#)
        sometimes(20, #""include":["reasoning.encrypted_content"]"#)
        return .responses("{" + members.joined(separator: ",") + "}")
    }

    @Test(
        "A stream's last event holds the unstreamed body, and its deltas join to the body's texts",
        arguments: 0..<200 as Range<UInt64>
    )
    func law(seed: UInt64) throws {
        let request = Self.request(seed: seed)
        let unstreamed = Exchange(request)
        #expect(unstreamed.status == 200, "seed \(seed): \(unstreamed.body)")
        let body = try unstreamed.json()
        let streamed = Exchange(request.streamed)
        let events = try streamed.chunks()
        #expect(streamed.tape.frames.count == events.count + 1)

        let last = try #require(events.last)
        #expect(last["response"]?.text == body.text, "seed \(seed)")
        #expect(last["type"]?.string == "response.\(body["status"]?.string ?? "")")
        #expect(events.compactMap { $0["sequence_number"]?.int } == Array(events.indices))
        #expect(events.allSatisfy { $0.names.first == "type" && $0.names.last == "sequence_number" })

        let transcript = ResponsesTranscript(events)
        let items = body["output"]?.elements.map { $0 } ?? []
        #expect(transcript.added == items.map { $0["id"]?.string ?? "" }, "seed \(seed)")
        #expect(Set(transcript.added).count == items.count)
        #expect(transcript.done.count == items.count)
        for (index, item) in items.enumerated() {
            let done = try #require(transcript.done[index])
            #expect(done.isCanonicallyEqual(to: item), "seed \(seed): \(done.text) and \(item.text)")
            #expect(transcript.deltas[index] ?? "" == ResponsesTranscript.text(of: item), "seed \(seed)")
            let parts = ResponsesTranscript.parts(of: item)
            let annotations = parts.flatMap { $0["annotations"]?.elements.map(\.text) ?? [] }
            #expect((transcript.annotations[index] ?? []).map(\.text) == annotations, "seed \(seed)")
            let logprobs = parts.flatMap { $0["logprobs"]?.elements.map(\.text) ?? [] }
            #expect(transcript.logprobs[index] ?? [] == logprobs, "seed \(seed)")
        }
    }

    @Test("Events of one item come between its beginning and its end", arguments: 0..<200 as Range<UInt64>)
    func order(seed: UInt64) throws {
        var open: Set<String> = []
        for event in try Exchange(Self.request(seed: seed).streamed).chunks() {
            switch event["type"]?.string ?? "" {
            case "response.output_item.added": open.insert(event["item"]?["id"]?.string ?? "")
            case "response.output_item.done": #expect(open.remove(event["item"]?["id"]?.string ?? "") != nil)
            default:
                if let id = event["item_id"]?.string { #expect(open.contains(id), "seed \(seed): \(event.text)") }
            }
        }
        #expect(open.isEmpty)
    }
}

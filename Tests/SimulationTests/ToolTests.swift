internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes
internal import Testing

@testable internal import Simulation

@Suite("Tool calls")
struct ToolTests {
    static let parameters = #"""
        {"type":"object","properties":{"city":{"type":"string","minLength":1},"days":{"type":"integer","minimum":1,"maximum":7}},
        "required":["city"],"additionalProperties":false}
        """#

    static let tools = #"""
        "tools":[{"type":"function","function":{"name":"get_time"}},
        {"type":"function","function":{"name":"get_weather","parameters":\#(parameters)}}]
        """#

    private static func choice(
        _ rest: String,
        model: String = "openai/gpt-4o",
        prompt: String = "What is the weather in Paris?",
        history: String = ""
    ) throws -> JSONValue {
        let messages = #"{"role":"user","content":"\#(prompt)"}"# + history
        let exchange = Exchange(.chat(#"{"model":"\#(model)","messages":[\#(messages)],\#(rest)}"#))
        #expect(exchange.status == 200, "\(exchange.body)")
        return try #require(try exchange.json()["choices"]?[0])
    }

    @Test(
        "The tool that the prompt speaks of is called, with arguments that satisfy its schema",
        arguments: ["", #","tool_choice":"auto""#, #","tool_choice":"required""#, #","tool_choice":null"#]
    )
    func call(choice: String) throws {
        let choice = try Self.choice(Self.tools + choice)
        #expect(choice["finish_reason"]?.string == "tool_calls")
        #expect(choice["message"]?.names == ["role", "content", "refusal", "reasoning", "tool_calls"])
        #expect(choice["message"]?["content"]?.isNull == true)
        #expect(choice["message"]?["tool_calls"]?.count == 1)
        let call = try #require(choice["message"]?["tool_calls"]?[0])
        #expect(call.names == ["type", "index", "id", "function"])
        #expect(call["type"]?.string == "function")
        #expect(call["index"]?.int == 0)
        #expect(call["function"]?.names == ["name", "arguments"])
        #expect(call["function"]?["name"]?.string == "get_weather")
        let arguments = try JSONDocument(parsing: try #require(call["function"]?["arguments"]?.string).utf8).root
        let schema = try JSONDocument(parsing: Self.parameters.utf8).root
        #expect(SchemaValidator(root: schema).errors(in: arguments, schema: schema) == [])
    }

    @Test("A tool without parameters gets an empty object; of tools nobody spoke of the first is called")
    func noParameters() throws {
        let call = try Self.choice(Self.tools, prompt: "Hello")["message"]?["tool_calls"]?[0]
        #expect(call?["function"]?.text == #"{"name":"get_time","arguments":"{}"}"#)
    }

    @Test("Of a long prompt the beginning and the end are looked at for names of tools")
    func longPrompt() throws {
        let filler = String(repeating: "word ", count: 4_000)
        for (prompt, name) in [
            ("weather " + filler, "get_weather"), (filler + "weather", "get_weather"),
            (filler + "weather " + filler, "get_time"),
        ] {
            let call = try Self.choice(Self.tools, prompt: prompt)["message"]?["tool_calls"]?[0]
            #expect(call?["function"]?["name"]?.string == name)
        }
    }

    @Test("A named function is called, whatever the prompt says")
    func named() throws {
        let choice = try Self.choice(Self.tools + #","tool_choice":{"type":"function","function":{"name":"get_time"}}"#)
        #expect(choice["message"]?["tool_calls"]?[0]?["function"]?["name"]?.string == "get_time")
    }

    @Test(
        "Without a tool to call the model answers in text",
        arguments: [
            tools + #","tool_choice":"none""#, #""tools":[]"#, #""tools":null"#,
            #""tools":[{"type":"openrouter:web_search"}]"#,
            #""tool_choice":"required""#,
        ]
    )
    func text(rest: String) throws {
        let choice = try Self.choice(rest)
        #expect(choice["finish_reason"]?.string == "stop")
        #expect(choice["message"]?["tool_calls"] == nil)
        #expect(choice["message"]?["content"]?.string?.isEmpty == false)
    }

    static let result = #"""
        ,{"role":"assistant","content":null,"tool_calls":[{"id":"call_1","type":"function","function":{"name":"get_weather",
        "arguments":"{}"}}]},{"role":"tool","tool_call_id":"call_1","content":"12 degrees"}
        """#

    @Test("A tool's result ends the loop, even where a call is required", arguments: ["auto", "required"])
    func loop(choice: String) throws {
        let answered = try Self.choice(Self.tools + #","tool_choice":"\#(choice)""#, history: Self.result)
        #expect(answered["finish_reason"]?.string == "stop")
        #expect(answered["message"]?["content"]?.string?.isEmpty == false)
        let asked = try Self.choice(Self.tools, history: Self.result + #",{"role":"user","content":"And the time?"}"#)
        #expect(asked["finish_reason"]?.string == "tool_calls")
        #expect(asked["message"]?["tool_calls"]?[0]?["function"]?["name"]?.string == "get_time")
    }

    @Test(
        "A call's id has the provider's form",
        arguments: [
            ("openai", "call_[A-Za-z0-9]{24}"), ("anthropic", "toolu_01[A-Za-z0-9]{22}"),
            ("amazon-bedrock", "toolu_bdrk_01[A-Za-z0-9]{22}"), ("google-vertex", "toolu_vrtx_01[A-Za-z0-9]{22}"),
            ("mistral", "[A-Za-z0-9]{9}"), ("groq", "call_[A-Za-z0-9]{24}"),
        ]
    )
    func ids(provider: String, pattern: String) throws {
        var request = GenerationRequest.make(prompt: "weather")
        request.tools = [GenerationRequest.Tool(name: "get_weather", parameters: nil)]
        var ids: Set<String> = []
        for seed in 0..<20 as Range<UInt64> {
            var generator = SeededGenerator(seed: seed)
            let generations = SyntheticModel(ModelHost(providerSlug: provider)).generations(
                for: request,
                using: &generator
            )
            let id = try #require(generations.first?.toolCalls.first?.id)
            #expect(try id.wholeMatch(of: Regex(pattern)) != nil, "\(id)")
            ids.insert(id)
        }
        #expect(ids.count == 20)
    }

    @Test("Calls of Anthropic's models come with an empty string, of others with null")
    func content() throws {
        #expect(try Self.choice(Self.tools, model: "anthropic/claude-sonnet-4.5")["message"]?["content"]?.string == "")
        #expect(try Self.choice(Self.tools, model: "mistralai/mistral-large")["message"]?["content"]?.isNull == true)
    }

    @Test("A streamed call is named in its first delta and its arguments follow in pieces")
    func streamed() throws {
        let request = Request.chat(
            #"{"model":"openai/gpt-4o","messages":[{"role":"user","content":"weather"}],\#(Self.tools)}"#
        )
        let call = try #require(try Exchange(request).json()["choices"]?[0]?["message"]?["tool_calls"]?[0])
        let chunks = try Exchange(request.streamed).chunks()
        let deltas = chunks.compactMap { $0["choices"]?[0]?["delta"] }
        let id = try #require(call["id"]?.string)
        #expect(
            deltas[0].text
                == #"{"content":null,"role":"assistant","tool_calls":[{"index":0,"id":"\#(id)","type":"function","#
                + #""function":{"name":"get_weather","arguments":""}}]}"#
        )
        let pieces = deltas.dropFirst().dropLast(2)
        #expect(pieces.count > 2)
        for piece in pieces {
            #expect(piece.names == ["content", "role", "tool_calls"])
            #expect(piece["tool_calls"]?[0]?.names == ["index", "function", "type"])
            #expect(piece["tool_calls"]?[0]?["function"]?.names == ["arguments"])
        }
        #expect(
            pieces.compactMap { $0["tool_calls"]?[0]?["function"]?["arguments"]?.string }.joined()
                == call["function"]?["arguments"]?.string
        )
        #expect(chunks[chunks.count - 2]["choices"]?[0]?["finish_reason"]?.string == "tool_calls")
    }
}

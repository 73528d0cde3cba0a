internal import HTTPTypes
internal import OpenRouterAPI
internal import Simulation
internal import Tapes
internal import Testing

@Suite("Messages")
struct MessagesTests {
    static let tools = #"""
        "tools":[{"name":"get_time","input_schema":{"type":"object"}},
        {"name":"get_weather","description":"Weather","input_schema":\#(ToolTests.parameters)}]
        """#
    static let search = #""tools":[{"type":"web_search_20250305","name":"web_search","max_uses":2}]"#
    static let thinking = #""thinking":{"type":"enabled","budget_tokens":1024}"#

    private static func answer(_ request: Request, in world: World = .make()) throws -> JSONValue {
        let exchange = Exchange(request, in: world)
        #expect(exchange.status == 200, "\(exchange.body)")
        return try exchange.json()
    }

    private static func types(_ message: JSONValue) -> [String] {
        message["content"]?.elements.compactMap { $0["type"]?.string } ?? []
    }

    @Test("A message has all its members, those that say nothing as null")
    func members() throws {
        let message = try Self.answer(.question())
        #expect(
            message.names == [
                "id", "type", "role", "container", "content", "model", "provider", "stop_reason", "stop_sequence",
                "stop_details", "usage",
            ]
        )
        #expect(message["id"]?.string?.hasPrefix("gen-1790000000-") == true)
        #expect(message["type"]?.string == "message")
        #expect(message["role"]?.string == "assistant")
        #expect(message["container"]?.isNull == true)
        #expect(message["model"]?.string?.hasPrefix("anthropic/claude") == true)
        #expect(message["stop_reason"]?.string == "end_turn")
        #expect(message["stop_sequence"]?.isNull == true)
        #expect(message["stop_details"]?.isNull == true)
        #expect(message["content"]?.count == 1)
        #expect(message["content"]?[0]?.names == ["type", "text", "citations"])
        #expect(message["content"]?[0]?["citations"]?.isNull == true)
    }

    @Test("Both credentials are taken, the bearer's and the one of Anthropic's SDK")
    func credentials() {
        let body = #"{"model":"openai/gpt-4o","messages":[{"role":"user","content":"Hi"}]}"#
        #expect(Exchange(.message(body)).status == 200)
        #expect(Exchange(.message(body, key: nil, fields: [.xAPIKey: "sk-or-v1-1"])).status == 200)
        #expect(Exchange(.message(body, key: nil)).status == 401)
    }

    // MARK: - Thinking

    @Test("Claude's thoughts are signed, OpenAI's come with a ciphertext, others' with neither")
    func thinking() throws {
        let claude = try Self.answer(.question(Self.thinking))
        #expect(Self.types(claude) == ["thinking", "text"])
        let block = try #require(claude["content"]?[0])
        #expect(block.names == ["type", "thinking", "signature"])
        #expect(block["thinking"]?.string?.isEmpty == false)
        #expect(block["signature"]?.string?.count == 64)

        let openAI = try Self.answer(.question(Self.thinking, model: "openai/gpt-5-mini"))
        #expect(Self.types(openAI) == ["thinking", "redacted_thinking", "text"])
        #expect(openAI["content"]?[0]?["signature"]?.string == "")
        #expect(openAI["content"]?[1]?.names == ["type", "data"])
        #expect(openAI["content"]?[1]?["data"]?.string?.isEmpty == false)

        let other = try Self.answer(.question(Self.thinking, model: "deepseek/deepseek-v3.2"))
        #expect(Self.types(other) == ["thinking", "text"])
        #expect(other["content"]?[0]?["signature"]?.string == "")
    }

    @Test("Omitted thoughts are counted and signed, but not shown")
    func omittedThinking() throws {
        let shown = try Self.answer(.question(#""thinking":{"type":"adaptive"}"#))
        let omitted = try Self.answer(.question(#""thinking":{"type":"adaptive","display":"omitted"}"#))
        #expect(Self.types(omitted) == ["thinking", "text"])
        #expect(omitted["content"]?[0]?["thinking"]?.string == "")
        #expect(omitted["content"]?[0]?["signature"]?.string?.isEmpty == false)
        #expect(shown["content"]?[0]?["thinking"]?.string?.isEmpty == false)
        let plain = try Self.answer(.question(#""thinking":{"type":"disabled"}"#))
        #expect(Self.types(plain) == ["text"])
        let tokens = try #require(omitted["usage"]?["output_tokens"]?.int)
        #expect(tokens > plain["usage"]?["output_tokens"]?.int ?? .max)
    }

    // MARK: - Tools

    @Test("The tool that the prompt speaks of is called, its input an object that satisfies the schema")
    func toolUse() throws {
        let message = try Self.answer(.question(Self.tools, prompt: "What is the weather in Paris?"))
        #expect(message["stop_reason"]?.string == "tool_use")
        #expect(Self.types(message) == ["tool_use"])
        let call = try #require(message["content"]?[0])
        #expect(call.names == ["type", "id", "name", "input", "caller"])
        #expect(call["id"]?.string?.hasPrefix("toolu_") == true)
        #expect(call["name"]?.string == "get_weather")
        let schema = try JSONDocument(parsing: ToolTests.parameters.utf8).root
        let input = try #require(call["input"])
        #expect(SchemaValidator(root: schema).errors(in: input, schema: schema) == [])
    }

    @Test("The tools that Anthropic has defined are called by their names")
    func definedTools() throws {
        let bash = try Self.answer(.question(#""tools":[{"type":"bash_20250124","name":"bash"}]"#))
        #expect(bash["content"]?[0]?["name"]?.string == "bash")
        #expect(bash["content"]?[0]?["input"]?["command"]?.string?.isEmpty == false)
        let editor = try Self.answer(
            .question(#""tools":[{"type":"text_editor_20250124","name":"str_replace_editor"}]"#)
        )
        #expect(editor["content"]?[0]?["name"]?.string == "str_replace_editor")
        #expect(editor["content"]?[0]?["input"]?["command"]?.string == "view")
    }

    @Test("Several tools are called at once unless that is disabled; none where the choice is none")
    func toolChoice() throws {
        let prompt = "What are the time and the weather in Paris?"
        func names(_ choice: String) throws -> [String] {
            let message = try Self.answer(.question(Self.tools, choice, prompt: prompt))
            return message["content"]?.elements.compactMap { $0["name"]?.string } ?? []
        }
        #expect(try names(#""tool_choice":{"type":"auto"}"#) == ["get_time", "get_weather"])
        #expect(try names(#""tool_choice":{"type":"any","disable_parallel_tool_use":true}"#) == ["get_time"])
        #expect(try names(#""tool_choice":{"type":"tool","name":"get_weather"}"#) == ["get_weather"])
        #expect(try names(#""tool_choice":{"type":"none"}"#) == [])
    }

    @Test(
        "A tool's result ends the loop, whatever form it has",
        arguments: [
            #""12 degrees""#, #"[{"type":"text","text":"12 degrees"}]"#, "[]", "null",
            #"[{"type":"image","source":{"type":"url","url":"https://a/b.png"}}]"#,
            #"[{"type":"tool_reference","tool_name":"get_time"}]"#,
            #"[{"type":"search_result","source":"s","title":"t","content":[{"type":"text","text":"x"}]}]"#,
            #"[{"type":"document","source":{"type":"text","media_type":"text/plain","data":"x"}}]"#,
        ]
    )
    func toolResult(content: String) throws {
        let body = #"""
            {"model":"anthropic/claude-sonnet-4.5","max_tokens":100,\#(Self.tools),"messages":[
            {"role":"user","content":"What is the weather in Paris?"},
            {"role":"assistant","content":[
            {"type":"thinking","thinking":"Hm","signature":"s"},{"type":"redacted_thinking","data":"d"},
            {"type":"text","text":"Let me look.","citations":null},
            {"type":"tool_use","id":"toolu_1","name":"get_weather","input":{"city":"Paris"},"caller":{"type":"direct"}}]},
            {"role":"user","content":[
            {"type":"tool_result","tool_use_id":"toolu_1","is_error":false,"content":\#(content)}]}]}
            """#
        let message = try Self.answer(.message(body))
        #expect(message["stop_reason"]?.string == "end_turn")
        #expect(Self.types(message) == ["text"])
        // The answer is about the question before, not about the result.
        #expect(message["content"]?[0]?["text"]?.string?.contains("Paris") == true)
    }

    @Test("A search shows its call, its results and the places that cite them")
    func search() throws {
        let message = try Self.answer(.question(Self.search, Self.thinking))
        #expect(Self.types(message) == ["thinking", "server_tool_use", "web_search_tool_result", "text"])
        let call = try #require(message["content"]?[1])
        let id = try #require(call["id"]?.string)
        #expect(id.hasPrefix("srvtoolu_"))
        #expect(call["name"]?.string == "web_search")
        #expect(call["input"]?["query"]?.string?.isEmpty == false)
        let result = try #require(message["content"]?[2])
        #expect(result["tool_use_id"]?.string == id)
        #expect(result["content"]?.count == 5)
        let page = try #require(result["content"]?[0])
        #expect(page.names == ["type", "title", "url", "encrypted_content", "page_age"])
        let citations = try #require(message["content"]?[3]?["citations"])
        #expect(citations.count == 5)
        #expect(citations[0]?["type"]?.string == "web_search_result_location")
        #expect(citations[0]?["url"]?.string == page["url"]?.string)
        #expect(message["usage"]?["server_tool_use"]?.text == #"{"web_search_requests":1,"web_fetch_requests":0}"#)
    }

    @Test("A page that is fetched is a document in its result; a clock leaves no trace")
    func fetch() throws {
        let tools = #""tools":[{"type":"openrouter:datetime"},{"type":"openrouter:web_fetch"}]"#
        let message = try Self.answer(.question(tools, prompt: "Read https://example.org/a please"))
        #expect(Self.types(message) == ["server_tool_use", "web_fetch_tool_result", "text"])
        #expect(message["content"]?[0]?["input"]?.text == #"{"url":"https://example.org/a"}"#)
        let content = try #require(message["content"]?[1]?["content"])
        #expect(content["type"]?.string == "web_fetch_result")
        #expect(content["url"]?.string == "https://example.org/a")
        #expect(content["retrieved_at"]?.string == "2026-09-21T14:13:20.000000+00:00")
        #expect(content["content"]?["source"]?["media_type"]?.string == "text/plain")
    }

    // MARK: - Stops, formats, usage

    @Test("A stop sequence and the token limit are told as such")
    func stops() throws {
        let sequence = try Self.answer(.question(#""stop_sequences":["zzz"," "]"#))
        #expect(sequence["stop_reason"]?.string == "stop_sequence")
        #expect(sequence["stop_sequence"]?.string == " ")
        #expect(sequence["content"]?[0]?["text"]?.string?.contains(" ") == false)
        let limit = try Self.answer(
            .message(#"{"model":"openai/gpt-4o","max_tokens":3,"messages":[{"role":"user","content":"Hi"}]}"#)
        )
        #expect(limit["stop_reason"]?.string == "max_tokens")
        #expect(limit["stop_sequence"]?.isNull == true)
        #expect(limit["usage"]?["output_tokens"]?.int == 3)
    }

    @Test("A refusal has its words as text and as the explanation; a content filter has none")
    func refusals() throws {
        let refusal = try Exchange(.question(), attempts: ScriptedAttempts([.refusal("I "), .refusal("won't.")])).json()
        #expect(refusal["stop_reason"]?.string == "refusal")
        #expect(refusal["content"]?[0]?["text"]?.string == "I won't.")
        #expect(
            refusal["stop_details"]?.text == #"{"type":"refusal","category":null,"explanation":"I won't."}"#
        )
        let filtered = try Exchange(.question(), attempts: ScriptedAttempts([.text("So")], .contentFilter)).json()
        #expect(filtered["stop_reason"]?.string == "refusal")
        #expect(filtered["stop_details"]?["explanation"]?.isNull == true)
    }

    @Test("A JSON schema is kept by the text")
    func format() throws {
        let schema = #"{"type":"object","properties":{"n":{"type":"integer"}},"required":["n"]}"#
        let message = try Self.answer(
            .question(#""output_config":{"effort":"low","format":{"type":"json_schema","schema":\#(schema)}}"#)
        )
        let text = try #require(message["content"]?[0]?["text"]?.string)
        #expect(try JSONDocument(parsing: text.utf8).root["n"]?.int != nil)
    }

    @Test("Input, cache reads and cache writes add up to the prompt, and a repeated prefix is read from the cache")
    func usage() throws {
        let world = World.make()
        let long = String(repeating: "All about tiles. ", count: 600)
        let body = #"""
            {"model":"anthropic/claude-sonnet-4.5","max_tokens":20,"provider":{"only":["anthropic"]},
            "system":[{"type":"text","text":"\#(long)","cache_control":{"type":"ephemeral","ttl":"1h"}}],
            "messages":[{"role":"user","content":"How many?"}]}
            """#
        func counts() throws -> (input: Int, read: Int, written: Int) {
            let message = try Self.answer(.message(body), in: world)
            let id = try #require(message["id"]?.string)
            let record = try Exchange(.get("/generation?id=\(id)"), in: world).json()
            let prompt = try #require(record["data"]?["native_tokens_prompt"]?.int)
            let usage = try #require(message["usage"])
            let input = try #require(usage["input_tokens"]?.int)
            let read = try #require(usage["cache_read_input_tokens"]?.int)
            let written = try #require(usage["cache_creation_input_tokens"]?.int)
            #expect(input + read + written == prompt)
            return (input, read, written)
        }
        let first = try counts()
        #expect(first.written > 1024)
        #expect(first.read == 0)
        let second = try counts()
        #expect(second.read == first.written)
        #expect(second.written == 0)
        #expect(second.input == first.input)
    }

    @Test("A fast message is served by a priority endpoint, where there is one")
    func speed() throws {
        #expect(try Self.answer(.question(#""speed":"standard""#))["usage"]?["service_tier"]?.string == "standard")
        let fast = try Self.answer(.question(#""speed":"fast""#, model: "openai/gpt-5-mini"))
        let priority = try Self.answer(.question(#""service_tier":"priority""#, model: "openai/gpt-5-mini"))
        #expect(fast["usage"]?["service_tier"]?.string == priority["usage"]?["service_tier"]?.string)
    }

    @Test("Router metadata comes to those who ask")
    func metadata() throws {
        let body = #"{"model":"openai/gpt-4o","messages":[{"role":"user","content":"Hi"}]}"#
        let request = Request.message(body, fields: [.init("X-OpenRouter-Metadata")!: "enabled"])
        #expect(try Self.answer(request)["openrouter_metadata"]?["requested"]?.string == "openai/gpt-4o")
        let stream = try MessagesStream(Exchange(request.streamed))
        #expect(stream.events.last?.names == ["type", "openrouter_metadata"])
        #expect(try Self.answer(.message(body))["openrouter_metadata"] == nil)
    }

    @Test("The first of model and fallbacks that answers is the one named")
    func fallbacks() throws {
        let message = try Self.answer(
            .question(#""fallbacks":[{"model":"openai/gpt-4o"}],"provider":{"only":["openai"]}"#)
        )
        #expect(message["model"]?.string?.hasPrefix("openai/gpt-4o") == true)
    }

    @Test("The user is OpenRouter's, else Anthropic's", arguments: [("", "u1"), (#","user":"u2""#, "u2")])
    func user(member: String, expected: String) throws {
        let world = World.make()
        let message = try Self.answer(.question(#""metadata":{"user_id":"u1"}\#(member)"#), in: world)
        let id = try #require(message["id"]?.string)
        let record = try Exchange(.get("/generation?id=\(id)"), in: world).json()
        #expect(record["data"]?["external_user"]?.string == expected)
    }
}

internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes
internal import Testing

@testable internal import Simulation

/// What an answer holds besides words: sources, files, pictures, sound, healed JSON, debug chunks.
@Suite("Answers beyond text")
struct OutputTests {
    private static func request(_ rest: String, model: String = "openai/gpt-4o-mini", content: String = #""Hi""#)
        -> Request
    {
        .chat(#"{"model":"\#(model)","messages":[{"role":"user","content":\#(content)}],\#(rest)}"#)
    }

    private static func message(_ exchange: Exchange) throws -> JSONValue {
        let body = try exchange.json()
        return try #require(body["choices"]?[0]?["message"], "\(exchange.body)")
    }

    private static func usage(_ body: JSONValue) throws -> JSONValue {
        try #require(body["usage"])
    }

    /// What tools cost beside the model.
    private static func fee(_ usage: JSONValue) throws -> Double {
        let cost = try #require(usage["cost"]?.double)
        let upstream = try #require(usage["cost_details"]?["upstream_inference_cost"]?.double)
        return cost - upstream
    }

    // MARK: - Web search

    @Test(
        "A search leaves citations, a fee and larger prompt, by plugin, suffix and tool",
        arguments: [
            (#""plugins":[{"id":"web","engine":"exa"}]"#, "openai/gpt-4o-mini"),
            (#""temperature":1"#, "meta-llama/llama-3.3-70b-instruct:online"),
            (#""tools":[{"type":"openrouter:web_search","parameters":{"engine":"exa"}}]"#, "openai/gpt-4o-mini"),
        ]
    )
    func search(rest: String, model: String) throws {
        let plain = try Self.usage(Exchange(Self.request(#""temperature":1"#)).json())
        let exchange = Exchange(Self.request(rest, model: model))
        let message = try Self.message(exchange)
        let annotations = try #require(message["annotations"])
        #expect(annotations.count == 5)
        #expect(annotations[0]?["type"]?.string == "url_citation")
        #expect(annotations[0]?["url_citation"]?["start_index"]?.int == 0)
        #expect(annotations[0]?["url_citation"]?["url"]?.string?.hasPrefix("https://") == true)
        let usage = try Self.usage(exchange.json())
        #expect(usage["server_tool_use_details"]?["web_search_requests"]?.int == 1)
        #expect(usage["is_byok"] == nil)
        let fee = try Self.fee(usage)
        #expect(abs(fee - 0.007) < 1e-12)
        let promptTokens = try #require(usage["prompt_tokens"]?.int)
        let plainTokens = try #require(plain["prompt_tokens"]?.int)
        #expect(promptTokens > plainTokens + 100)
    }

    @Test("Exa's citations come before the text, each in its own chunk; a native search places them in it")
    func citationsInStream() throws {
        let exa = try Exchange(Self.request(#""plugins":[{"id":"web","engine":"exa","max_results":3}]"#).streamed)
            .chunks()
        #expect(exa.prefix(3).allSatisfy { $0["choices"]?[0]?["delta"]?["annotations"]?.count == 1 })
        #expect(exa[3]["choices"]?[0]?["delta"]?["annotations"] == nil)
        let native = try Self.message(Exchange(Self.request(#""plugins":[{"id":"web"}]"#, model: "openai/gpt-5.5")))
        let ends = try #require(native["annotations"]).elements.compactMap { $0["url_citation"]?["end_index"]?.int }
        #expect(ends.count == 5 && ends == ends.sorted())
        #expect(ends.last == native["content"]?.string?.unicodeScalars.count)
    }

    @Test("A datetime tool runs unseen and is counted")
    func datetime() throws {
        let exchange = Exchange(Self.request(#""tools":[{"type":"openrouter:datetime"}]"#))
        let usage = try Self.usage(exchange.json())
        #expect(usage["server_tool_use_details"]?["tool_calls_executed"]?.int == 1)
        #expect(try Self.message(exchange)["tool_calls"] == nil)
    }

    // MARK: - Files, pictures, sound

    @Test("A parsed file comes back as an annotation with its text, and OCR is charged by the page")
    func file() throws {
        let content =
            #"[{"type":"text","text":"Sum up"},{"type":"file","file":{"filename":"a.txt","file_data":"data:text/plain;base64,SGVsbG8gZmlsZQ=="}}]"#
        let exchange = Exchange(
            Self.request(
                #""plugins":[{"id":"file-parser","pdf":{"engine":"mistral-ocr"}}]"#,
                model: "google/gemini-2.5-pro",
                content: content
            )
        )
        let message = try Self.message(exchange)
        let file = try #require(message["annotations"]?[0]?["file"])
        #expect(file["name"]?.string == "a.txt")
        #expect(file["hash"]?.string?.count == 64)
        #expect(file["content"]?[1]?["text"]?.string == "Hello file")
        let usage = try Self.usage(exchange.json())
        let fee = try Self.fee(usage)
        #expect(abs(fee - 0.002) < 1e-12)
    }

    @Test("A model that makes pictures makes one of the shape asked for, beside its words", arguments: [false, true])
    func image(isStreamed: Bool) throws {
        let request = Self.request(
            #""modalities":["image","text"],"image_config":{"aspect_ratio":"16:9"}"#,
            model: "google/gemini-2.5-flash-image"
        )
        let holders =
            isStreamed
            ? try Exchange(request.streamed).chunks().compactMap { $0["choices"]?[0]?["delta"] }
            : [try Self.message(Exchange(request))]
        let urls = holders.compactMap { $0["images"]?[0]?["image_url"]?["url"]?.string }
        #expect(urls.count == 1)
        let url = try #require(urls.first.flatMap { DataURL($0) })
        let size = try #require(ImageDimensions(of: url.bytes))
        #expect([size.width, size.height] == [1024, 576])
    }

    @Test("A picture that is not asked for is not made, and its tokens are counted when it is")
    func imageTokens() throws {
        func usage(_ rest: String) throws -> JSONValue {
            let body = try Exchange(Self.request(rest, model: "google/gemini-2.5-flash-image")).json()
            return try #require(body["usage"])
        }
        #expect(try usage(#""temperature":1"#)["completion_tokens_details"]?["image_tokens"]?.int == 0)
        #expect(try usage(#""modalities":["image"]"#)["completion_tokens_details"]?["image_tokens"]?.int == 1290)
    }

    @Test("Sound is streamed in pieces that carry its words")
    func audio() throws {
        let rest = #""modalities":["text","audio"],"audio":{"voice":"alloy","format":"pcm16"}"#
        let request = Self.request(rest, model: "openai/gpt-audio")
        #expect(Exchange(request).status == 400)
        let chunks = try Exchange(request.streamed).chunks()
        let pieces = chunks.compactMap { $0["choices"]?[0]?["delta"]?["audio"] }
        #expect(pieces.count > 3)
        let samples = pieces.map { $0["data"]?.string.flatMap { Base64.decoded($0) } ?? [] }
        #expect(samples.allSatisfy { !$0.isEmpty && $0.count.isMultiple(of: 2) })
        let transcript = pieces.compactMap { $0["transcript"]?.string }.joined()
        #expect(transcript.count > 40)
        let tokens = try #require(chunks.last?["usage"]?["completion_tokens_details"]?["audio_tokens"]?.int)
        #expect(tokens > 0)
    }

    // MARK: - JSON, debugging, parameters

    @Test("JSON that is cut short is healed when the plugin is there, and only unstreamed")
    func healing() throws {
        let format = #""response_format":{"type":"json_object"},"max_tokens":4"#
        let cut = try Self.message(Exchange(Self.request(format)))["content"]?.string ?? "{}"
        #expect(throws: (any Error).self) { try JSONDocument(parsing: cut.utf8) }
        let healed = Self.request(#"\#(format),"plugins":[{"id":"response-healing"}]"#)
        let text = try Self.message(Exchange(healed))["content"]?.string ?? ""
        #expect(try JSONDocument(parsing: text.utf8).root.kind == .object)
        let streamed = try Exchange(healed.streamed).chunks().compactMap {
            $0["choices"]?[0]?["delta"]?["content"]?.string
        }
        #expect(text.hasPrefix(streamed.joined()) && text != streamed.joined())
    }

    @Test("A debug chunk shows what went to each provider tried, without what is OpenRouter's")
    func debug() throws {
        let rest = #""debug":{"echo_upstream_body":true},"provider":{"order":["openai","azure"]},"temperature":0.5"#
        let request = Self.request(rest, model: "openai/gpt-4o-mini")
        let failing = ScriptedAttempts(byProvider: [
            "OpenAI": .scripted(ScriptedTurn([.failure(ProviderFailure(.timeout))]))
        ])
        let chunks = try Exchange(request.streamed, attempts: failing).chunks()
        let bodies = chunks.compactMap { $0["debug"]?["echo_upstream_body"] }
        #expect(bodies.count == 2)
        #expect(chunks.prefix(2).map { $0["provider"]?.string } == ["OpenAI", "Azure"])
        #expect(chunks[0].names == ["id", "provider", "model", "object", "created", "choices", "debug"])
        #expect(chunks[0]["choices"]?.count == 0)
        #expect(bodies[0].names == ["stream", "model", "messages", "temperature"])
        #expect(try Exchange(request).json()["debug"] == nil)
    }

    @Test("Log probabilities are null where the endpoint gives none, and beside calls")
    func withoutLogprobs() throws {
        let tools = #","tools":[{"type":"function","function":{"name":"f"}}]"#
        for request in [
            Self.request(#""logprobs":true"#, model: "anthropic/claude-sonnet-4.5"),
            Self.request(#""logprobs":true"# + tools, model: "openai/gpt-4o-mini"),
        ] {
            #expect(try Exchange(request).json()["choices"]?[0]?["logprobs"]?.isNull == true)
            let chunks = try Exchange(request.streamed).chunks()
            #expect(chunks.allSatisfy { $0["choices"]?[0]?["logprobs"] == nil })
        }
    }

    @Test("A parameter that the endpoint does not know is dropped silently")
    func dropped() throws {
        let reasoning = Self.request(#""reasoning":{"effort":"high"}"#, model: "openai/gpt-4o-mini")
        #expect(try Self.message(Exchange(reasoning))["reasoning"]?.isNull == true)
        #expect(
            try Self.message(Exchange(Self.request(#""reasoning":{"effort":"high"}"#, model: "openai/gpt-5-mini")))[
                "reasoning"
            ]?.string != nil
        )
    }

    @Test("The body builder answers with request bodies that the API takes")
    func requestBodies() throws {
        let prose = "Ask two models for a haiku"
        let built = Self.request(#""top_k":1"#, model: "openrouter/bodybuilder", content: #""\#(prose)""#)
        let text = try #require(try Self.message(Exchange(built))["content"]?.string)
        let document = try JSONDocument(parsing: text.utf8).root
        let bodies = try #require(document["requests"])
        #expect(document.count == 1 && bodies.count > 0)
        for body in bodies.elements {
            #expect(body["messages"]?[0]?["content"]?.string == prose)
            #expect(Exchange(.chat(body.text)).status == 200)
        }
    }

    @Test("A call that the token limit cuts short has the beginning of its arguments and ends with the length")
    func cutCall() throws {
        let tools = #"""
            "tools":[{"type":"function","function":{"name":"get_weather","parameters":{"type":"object","properties":
            {"location":{"type":"string"},"unit":{"type":"string"}}}}}]
            """#
        let model = "openai/gpt-4o-mini"
        let whole = try Exchange(Self.request(tools + #","max_tokens":900"#, model: model)).json()
        let least = try #require(whole["usage"]?["completion_tokens"]?.int)
        for limit in 1...least {
            let request = Self.request(tools + #","max_tokens":\#(limit)"#, model: model)
            let body = try Exchange(request).json()
            #expect(try #require(body["usage"]?["completion_tokens"]?.int) == limit)
            let outcome = ChatOutcome(unstreamed: body)
            #expect(outcome == ChatOutcome(streamed: try Exchange(request.streamed).chunks()))
            let call = try #require(outcome.choices[0].calls.first)
            let isWhole = (try? JSONDocument(parsing: call.arguments.utf8)) != nil
            #expect(outcome.choices[0].finishReason == (isWhole ? "tool_calls" : "length"), "\(limit)")
            #expect(isWhole == (limit == least), "\(limit)")
        }
    }

    @Test("Several tools that the prompt names are called at once, unless that is forbidden")
    func parallelCalls() throws {
        let tools = #"""
            "tools":[{"type":"function","function":{"name":"get_weather"}},
            {"type":"function","function":{"name":"get_time"}}]
            """#
        let content = #""Get weather and get time for Rome""#
        func names(_ rest: String) throws -> [String] {
            let calls = try Self.message(Exchange(Self.request(tools + rest, content: content)))["tool_calls"]
            return (calls.map { Array($0.elements) } ?? []).compactMap { $0["function"]?["name"]?.string }
        }
        #expect(try names("") == ["get_weather", "get_time"])
        #expect(try names(#","parallel_tool_calls":false"#) == ["get_weather"])
        let chunks = try Exchange(Self.request(tools, content: content).streamed).chunks()
        let indices = chunks.compactMap { $0["choices"]?[0]?["delta"]?["tool_calls"]?[0]?["index"]?.int }
        #expect(Set(indices) == [0, 1] && indices == indices.sorted())
    }

    @Test("Credits that do not pay for the longest answer are refused before anything is asked")
    func affordability() throws {
        let exchange = Exchange(Self.request(#""max_tokens":2000000000"#, model: "openai/o1-mini"))
        #expect([400, 402, 404].contains(exchange.status))
        let plain = Exchange(Self.request(#""max_tokens":100"#))
        #expect(plain.status == 200)
    }
}

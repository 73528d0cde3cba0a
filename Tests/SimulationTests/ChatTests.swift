internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import ServerSentEvents
internal import Tapes
internal import Testing

@testable internal import Simulation

@Suite("Chat completions")
struct ChatTests {
    static func request(
        _ rest: String = #""temperature":1"#,
        model: String = "openai/gpt-4o",
        prompt: String = "Why is the sky blue?"
    ) -> Request {
        .chat(#"{"model":"\#(model)","messages":[{"role":"user","content":\#(JSON.string(prompt).text)}],\#(rest)}"#)
    }

    static func choice(_ rest: String, model: String = "openai/gpt-4o", prompt: String = "Why is the sky blue?") throws
        -> JSONValue
    {
        let exchange = Exchange(request(rest, model: model, prompt: prompt))
        #expect(exchange.status == 200, "\(exchange.body)")
        return try #require(try exchange.json()["choices"]?[0])
    }

    // MARK: - Shape

    @Test("The body's members are in the order of the wire")
    func order() throws {
        let body = try Exchange(Self.request()).json()
        #expect(
            body.names
                == [
                    "id", "object", "created", "model", "provider", "system_fingerprint", "service_tier", "choices",
                    "usage",
                ]
        )
        #expect(body["object"]?.string == "chat.completion")
        #expect(body["system_fingerprint"]?.isNull == true)
        #expect(body["service_tier"]?.isNull == true)
        #expect(
            body["choices"]?[0]?.names == ["index", "logprobs", "finish_reason", "native_finish_reason", "message"]
        )
        #expect(body["choices"]?[0]?["message"]?.names == ["role", "content", "refusal", "reasoning"])
        #expect(body["choices"]?[0]?["logprobs"]?.isNull == true)
        #expect(
            body["usage"]?.names
                == [
                    "prompt_tokens", "completion_tokens", "total_tokens", "cost", "is_byok", "prompt_tokens_details",
                    "cost_details", "completion_tokens_details",
                ]
        )
    }

    @Test("A stream's chunks have the members of the wire, in order, and constant ids")
    func chunkOrder() throws {
        let exchange = Exchange(Self.request(#""max_tokens":5,"stream":true"#))
        let chunks = try exchange.chunks()
        #expect(chunks.count == 7)
        for (position, chunk) in chunks.enumerated() {
            let isLast = position == chunks.count - 1
            #expect(
                chunk.names
                    == (isLast
                        ? ["id", "object", "created", "model", "provider", "service_tier", "choices", "usage"]
                        : ["id", "object", "created", "model", "provider", "choices"])
            )
            #expect(chunk["object"]?.string == "chat.completion.chunk")
            #expect(chunk["id"]?.string == exchange.answered.generationID)
            #expect(chunk["created"]?.int == 1_790_000_000)
            #expect(chunk["choices"]?.count == 1)
            #expect(chunk["choices"]?[0]?.names == ["index", "delta", "finish_reason", "native_finish_reason"])
            #expect(chunk["choices"]?[0]?["delta"]?.names == ["content", "role"])
        }
        let finish =
            #"{"index":0,"delta":{"content":"","role":"assistant"},"finish_reason":"length","native_finish_reason":"max_output_tokens"}"#
        #expect(chunks[5]["choices"]?[0]?.text == finish)
        // Form B of the reference: the usage chunk repeats the finish chunk.
        #expect(chunks[6]["choices"]?[0]?.text == finish)
    }

    @Test("Each event and each comment is a frame of its own, in the form of the wire", arguments: [0, 1, 5])
    func frames(keepAliveCount: Int) throws {
        var settings = SimulationSettings()
        settings.keepAliveCount = keepAliveCount
        let exchange = Exchange(Self.request(#""max_tokens":5,"stream":true"#), by: Simulator(settings: settings))
        let frames = exchange.tape.frames.map { String(buffer: $0.bytes) }
        #expect(frames.count == keepAliveCount + 8)
        #expect(frames.prefix(keepAliveCount).allSatisfy { $0 == ": OPENROUTER PROCESSING\n\n" })
        #expect(
            frames.dropFirst(keepAliveCount).dropLast().allSatisfy { $0.hasPrefix("data: {") && $0.hasSuffix("}\n\n") }
        )
        #expect(frames.last == "data: [DONE]\n\n")
        let comments = try exchange.items().filter { $0 == .comment("OPENROUTER PROCESSING") }
        #expect(comments.count == keepAliveCount)
        #expect(exchange.fields[.contentType] == "text/event-stream")
        #expect(exchange.fields[.cacheControl] == "no-cache")
    }

    @Test("The first token takes the endpoint's latency, the following ones its throughput")
    func pace() throws {
        let exchange = Exchange(Self.request(#""max_tokens":3,"stream":true"#))
        let provider = exchange.fields[.xProviderName]
        let endpoint = try #require(Catalog.embedded["openai/gpt-4o"]?.endpoints.first { $0.provider.name == provider })
        let gaps = exchange.tape.frames.map(\.gap)
        #expect(gaps.first == endpoint.latency)
        #expect(gaps[1...2].allSatisfy { $0 == .microseconds(Int64(1e6 / endpoint.tokensPerSecond)) })
        #expect(gaps[3...].allSatisfy { $0 == .zero })
        #expect(exchange.tape.headGap == .zero)
        #expect(exchange.tape.ending == .complete)
        #expect(exchange.tape.origin == Origin(.synthetic(seed: 0)))
    }

    // MARK: - Lengths

    @Test("A token limit cuts the answer and says so", arguments: ["max_tokens", "max_completion_tokens"])
    func length(name: String) throws {
        let full = try #require(try Self.choice(#""temperature":1"#)["message"]?["content"]?.string)
        for limit in [1, 2, 7] {
            let exchange = Exchange(Self.request(#""\#(name)":\#(limit)"#))
            let body = try exchange.json()
            // The digest differs by the limit, so the text may too; the count may not.
            #expect(body["choices"]?[0]?["finish_reason"]?.string == "length")
            #expect(body["usage"]?["completion_tokens"]?.int == limit)
            let text = try #require(body["choices"]?[0]?["message"]?["content"]?.string)
            #expect(TokenSplitter.count(text) == limit)
        }
        let enough = try Self.choice(#""\#(name)":10000"#)
        #expect(enough["finish_reason"]?.string == "stop")
        #expect(!full.isEmpty)
    }

    @Test("The current name of the limit wins")
    func twoLimits() throws {
        let body = try Exchange(Self.request(#""max_tokens":9,"max_completion_tokens":2"#)).json()
        #expect(body["usage"]?["completion_tokens"]?.int == 2)
    }

    @Test(
        "An answer ends before the first stop sequence",
        arguments: [#"" ""#, #"[" the","a"]"#, #"["."]"#, #"["","."]"#]
    )
    func stop(stop: String) throws {
        let sequences = try JSONDocument(parsing: stop.utf8).root
        let all = sequences.string.map { [$0] } ?? sequences.elements.compactMap(\.string)
        for seed in 0..<10 {
            let choice = try Self.choice(#""stop":\#(stop),"seed":\#(seed)"#)
            let text = try #require(choice["message"]?["content"]?.string)
            for sequence in all where !sequence.isEmpty { #expect(!text.contains(sequence)) }
            #expect(choice["finish_reason"]?.string == "stop")
        }
    }

    @Test("A stop sequence at the very start leaves an empty answer")
    func emptyStop() throws {
        let schema = #""response_format":{"type":"json_object"},"stop":["{"]"#
        let exchange = Exchange(Self.request(schema))
        let body = try exchange.json()
        #expect(body["choices"]?[0]?["message"]?["content"]?.string == "")
        #expect(body["choices"]?[0]?["finish_reason"]?.string == "stop")
        #expect(body["usage"]?["completion_tokens"]?.int == 0)
    }

    // MARK: - Formats

    @Test("A JSON object is asked for and given, streamed alike")
    func jsonObject() throws {
        let request = Self.request(#""response_format":{"type":"json_object"}"#)
        let content = try #require(try Exchange(request).json()["choices"]?[0]?["message"]?["content"]?.string)
        #expect(try JSONDocument(parsing: content.utf8).root.kind == .object)
        #expect(ChatOutcome(streamed: try Exchange(request.streamed).chunks()).choices.first?.text == content)
    }

    @Test("A schema is satisfied", arguments: SchemaTable.rows)
    func jsonSchema(row: SchemaRow) throws {
        let schema = try JSONDocument(parsing: row.schema.utf8).root
        guard schema.kind == .object else { return }
        let format =
            #""response_format":{"type":"json_schema","json_schema":{"name":"n","strict":true,"schema":\#(row.schema)}}"#
        let choice = try Self.choice(format)
        let content = try #require(choice["message"]?["content"]?.string)
        let instance = try JSONDocument(parsing: content.utf8).root
        #expect(SchemaValidator(root: schema).errors(in: instance, schema: schema) == [])
        #expect(choice["finish_reason"]?.string == "stop")
    }

    @Test("A schema without a schema is any object")
    func noSchema() throws {
        let choice = try Self.choice(#""response_format":{"type":"json_schema","json_schema":{"name":"n"}}"#)
        #expect(choice["message"]?["content"]?.string == "{}")
    }

    // MARK: - Choices and probabilities

    @Test("As many choices come as were asked for, each with its own text", arguments: [1, 2, 5])
    func choices(count: Int) throws {
        let request = Self.request(#""n":\#(count)"#)
        let body = try Exchange(request).json()
        let choices = body["choices"]?.elements.map { $0 } ?? []
        #expect(choices.map { $0["index"]?.int } == Array(0..<count))
        #expect(Set(choices.compactMap { $0["message"]?["content"]?.string }).count == count)
        let counts = choices.compactMap { $0["message"]?["content"]?.string }.map { TokenSplitter.count($0) }
        #expect(body["usage"]?["completion_tokens"]?.int == counts.reduce(0, +))
        #expect(try ChatOutcome(streamed: Exchange(request.streamed).chunks()) == ChatOutcome(unstreamed: body))
    }

    @Test("Log probabilities are those of the text's tokens", arguments: [0, 1, 5, 20])
    func logprobs(count: Int) throws {
        let choice = try Self.choice(#""logprobs":true,"top_logprobs":\#(count)"#)
        let logprobs = try #require(choice["logprobs"])
        #expect(logprobs.names == ["content", "refusal"])
        #expect(logprobs["refusal"]?.isNull == true)
        let tokens = logprobs["content"]?.elements.map { $0 } ?? []
        #expect(tokens.compactMap { $0["token"]?.string }.joined() == choice["message"]?["content"]?.string)
        for token in tokens {
            #expect(token.names == ["token", "logprob", "bytes", "top_logprobs"])
            let bytes = token["bytes"]?.elements.compactMap(\.int) ?? []
            #expect(bytes == token["token"]?.string?.utf8.map { Int($0) })
            let logprob = try #require(token["logprob"]?.double)
            #expect(logprob <= 0)
            let alternatives = token["top_logprobs"]?.elements.map { $0 } ?? []
            #expect(alternatives.count == count)
            let values = alternatives.compactMap { $0["logprob"]?.double }
            #expect(values == values.sorted(by: >))
            if count > 0 { #expect(alternatives[0]["token"]?.text == token["token"]?.text && values[0] == logprob) }
            #expect(alternatives.allSatisfy { $0.names == ["token", "logprob", "bytes"] })
        }
    }

    @Test("Log probabilities come with the deltas, and only when asked for")
    func streamedLogprobs() throws {
        let chunks = try Exchange(Self.request(#""logprobs":true,"max_tokens":3,"stream":true"#)).chunks()
        for chunk in chunks.prefix(3) {
            #expect(
                chunk["choices"]?[0]?.names == ["index", "delta", "finish_reason", "native_finish_reason", "logprobs"]
            )
            #expect(chunk["choices"]?[0]?["logprobs"]?["content"]?.count == 1)
        }
        #expect(chunks[3]["choices"]?[0]?["logprobs"] == nil)
    }

    // MARK: - Identity

    @Test("Two equal requests in a world have different ids and the same content")
    func repeated() throws {
        let world = World.make()
        var ids: Set<String> = []
        var outcomes: [ChatOutcome] = []
        for _ in 0..<20 {
            let exchange = Exchange(Self.request(), in: world)
            let body = try exchange.json()
            let id = try #require(body["id"]?.string)
            ids.insert(id)
            outcomes.append(ChatOutcome(unstreamed: body))
            #expect(exchange.fields[.xGenerationID] == id)
            #expect(exchange.answered.generationID == id)
            #expect(exchange.fields[.xProviderName] == body["provider"]?.string)
            #expect(try id.wholeMatch(of: Regex("gen-1790000000-[A-Za-z0-9]{20}")) != nil)
            #expect(body["created"]?.int == 1_790_000_000)
        }
        #expect(ids.count == 20)
        #expect(outcomes.allSatisfy { $0 == outcomes[0] })
    }

    @Test(
        "How an answer is delivered and accounted does not change it",
        arguments: [
            #""user":"u""#, #""session_id":"s""#, #""metadata":{"a":"b"}"#, #""usage":{"include":true}"#,
            #""trace":{}"#,
            #""stream_options":{"include_usage":true}"#, #""stream":false"#, #""debug":{}"#,
        ]
    )
    func uncounted(member: String) throws {
        let plain = try Exchange(.chat(#"{"model":"openai/gpt-4o","messages":[{"role":"user","content":"Hi"}]}"#))
            .json()
        let other = try Exchange(
            .chat(#"{\#(member),"messages":[{"content":"Hi","role":"user"}],"model":"openai/gpt-4o"}"#)
        ).json()
        #expect(ChatOutcome(unstreamed: plain) == ChatOutcome(unstreamed: other))
    }

    @Test("Other words, seeds and temperatures give other answers")
    func varied() throws {
        let texts = try [
            Self.choice(#""temperature":1"#), Self.choice(#""temperature":0.5"#), Self.choice(#""seed":1"#),
            Self.choice(#""seed":2"#), Self.choice(#""seed":2"#, prompt: "Why is the sea blue?"),
        ].compactMap { $0["message"]?["content"]?.string }
        #expect(Set(texts).count == 5)
    }

    @Test(
        "Native finish reasons are the author's",
        arguments: [
            ("openai/gpt-4o", "completed", "max_output_tokens"),
            ("anthropic/claude-sonnet-4.5", "end_turn", "max_tokens"),
            ("google/gemini-2.5-flash", "STOP", "MAX_TOKENS"), ("mistralai/mistral-large", "stop", "length"),
        ]
    )
    func nativeReasons(model: String, stop: String, length: String) throws {
        #expect(try Self.choice(#""temperature":1"#, model: model)["native_finish_reason"]?.string == stop)
        #expect(try Self.choice(#""max_tokens":1"#, model: model)["native_finish_reason"]?.string == length)
    }

    @Test("Without a model the automatic router answers; of several models the first does")
    func models() throws {
        let world = World.make()
        let automatic = Exchange(.chat(#"{"messages":[{"role":"user","content":"Hi"}]}"#), in: world)
        #expect(automatic.status == 200)
        let id = try #require(automatic.answered.generationID)
        let data = try Exchange(.get("/generation?id=\(id)"), in: world).json()["data"]
        #expect(data?["router"]?.string == "openrouter/auto")
        let several =
            #"{"models":["mistralai/mistral-large","openai/gpt-4o"],"messages":[{"role":"user","content":"Hi"}]}"#
        #expect(Exchange(.chat(several)).answered.model?.hasPrefix("mistralai/") == true)
    }

    @Test("A prompt instead of messages is answered with text, streamed and not")
    func textPrompt() throws {
        let world = World.make()
        let body = #""model":"openai/gpt-4o","prompt":"Why is the sky blue?""#
        let whole = try Exchange(.chat("{\(body)}"), in: world).json()
        #expect(whole["object"]?.string == "chat.completion")
        #expect(whole["choices"]?[0]?["message"] == nil)
        let text = try #require(whole["choices"]?[0]?["text"]?.string)
        #expect(!text.isEmpty)
        let chunks = try Exchange(.chat("{\(body),\"stream\":true}"), in: world).chunks()
        #expect(chunks.allSatisfy { $0["object"]?.string == "chat.completion.chunk" })
        #expect(chunks.compactMap { $0["choices"]?[0]?["text"]?.string }.joined() == text)
        let id = try #require(whole["id"]?.string)
        let content = try Exchange(.get("/generation/content?id=\(id)"), in: world).json()["data"]
        #expect(content?["input"]?["prompt"]?.string == "Why is the sky blue?")
        #expect(content?["output"]?["completion"]?.string == text)
        // The calls of tools have no place but in a message.
        let tool = #""tools":[{"type":"function","function":{"name":"f"}}],"tool_choice":"required""#
        let called = try Exchange(.chat("{\(body),\"messages\":null,\(tool)}"), in: world).json()
        #expect(called["choices"]?[0]?["message"]?["tool_calls"]?.count == 1)
    }

    @Test("A prompt is counted by its text, parts, media and tools")
    func promptTokens() throws {
        func count(_ messages: String, _ rest: String = "") throws -> Int {
            let body = #"{"model":"openai/gpt-4o","messages":[\#(messages)]\#(rest)}"#
            return try #require(try Exchange(.chat(body)).json()["usage"]?["prompt_tokens"]?.int)
        }
        let hello = try count(#"{"role":"user","content":"Hello there"}"#)
        #expect(try count(#"{"role":"user","content":[{"type":"text","text":"Hello there"}]}"#) == hello)
        #expect(try count(#"{"role":"system","content":"Be terse."},{"role":"user","content":"Hello there"}"#) > hello)
        let image = #"{"type":"image_url","image_url":{"url":"data:image/png;base64,AA=="}}"#
        #expect(try count(#"{"role":"user","content":[{"type":"text","text":"Hello there"},\#(image)]}"#) > hello + 200)
        #expect(
            try count(
                #"{"role":"user","content":"Hello there"}"#,
                #","tools":[{"type":"function","function":{"name":"f"}}]"#
            ) > hello
        )
    }

    @Test("Every role, part and optional member of the schema is accepted")
    func everything() throws {
        let body = #"""
            {"model":"google/gemini-2.5-pro","messages":[
            {"role":"system","content":"Be terse.","name":"s"},{"role":"developer","content":[{"type":"text","text":"x"}]},
            {"role":"user","content":[{"type":"text","text":"How many?","cache_control":{"type":"ephemeral"}},
            {"type":"image_url","image_url":{"url":"https://a/b.png","detail":"low"}},
            {"type":"input_audio","input_audio":{"data":"AA==","format":"wav"}},
            {"type":"video_url","video_url":{"url":"https://a/b.mp4"}},{"type":"input_video","video_url":{"url":"https://a/b.mp4"}},
            {"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,AA=="}}]},
            {"role":"assistant","content":null,"tool_calls":[{"id":"call_7a","type":"function","function":{"name":"f","arguments":"{}"}}]},
            {"role":"tool","tool_call_id":"call_7a","content":"{\"on_hand\":12}"}],
            "tools":[{"type":"function","function":{"name":"f","strict":true}},{"type":"openrouter:datetime"},{"type":"web_search_preview"}],
            "tool_choice":{"type":"openrouter:web_search"},"response_format":{"type":"text"},"max_tokens":null,"stop":null,
            "temperature":0,"top_p":1,"top_k":0,"top_a":0,"min_p":0,"frequency_penalty":-2,"presence_penalty":2,
            "repetition_penalty":0,"seed":-5,"logit_bias":{"1":-100},"logprobs":false,"user":"u","session_id":"s",
            "service_tier":"auto","metadata":{"a":"b"},"provider":{"order":["openai"]},"plugins":[],"route":"fallback",
            "reasoning":null,"reasoning_effort":null,"include_reasoning":false,"unknown":{"x":[]}}
            """#
        #expect(Exchange(.chat(body)).status == 200)
    }
}

internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes
internal import Testing

@testable internal import Simulation

@Suite("Traces")
struct GenerationTraceTests {
    private static let hook = "http://127.0.0.1:9/traces"

    private let office = Office()

    private func add(_ members: String = "", config: String = #"{"url":"\#(hook)"}"#, type: String = "webhook") throws {
        let body = #"{"type":"\#(type)","name":"a","config":\#(config)\#(members)}"#
        _ = try office.data(.post, "/observability/destinations", body)
    }

    /// What is sent for what happens inside; connection tests are not among it.
    private func sent(_ action: () throws -> Void) rethrows -> [Callback] {
        _ = office.world.takeCallbacks()
        try action()
        return office.world.takeCallbacks()
    }

    private func spans(_ callback: Callback) throws -> [JSONValue] {
        let root = try JSONDocument(parsing: callback.body).root
        let resource = try #require(root["resourceSpans"]?[0])
        #expect(
            resource["resource"]?["attributes"]?[0]?.text
                == #"{"key":"service.name","value":{"stringValue":"openrouter"}}"#
        )
        return Array(try #require(resource["scopeSpans"]?[0]?["spans"]).elements)
    }

    /// Attributes by name, values as their JSON.
    private func attributes(_ span: JSONValue) -> [String: String] {
        Dictionary(
            (span["attributes"].map { Array($0.elements) } ?? []).map {
                ($0["key"]?.string ?? "", $0["value"]?.text ?? "")
            },
            uniquingKeysWith: { "\($0) twice: \($1)" }
        )
    }

    @Test("A generation is told with its ids, times, tokens, costs and words")
    func trace() throws {
        try add()
        var id = ""
        let callbacks = try sent {
            let exchange = office.chat(
                text: "Name a color",
                #""user":"user-1","session_id":"session-1","temperature":0.5,"max_tokens":100,"provider":{"only":["openai"]},"trace":{"trace_name":"run","env":"test","step":2}"#
            )
            id = try #require(exchange.answered.generationID)
        }
        let callback = try #require(callbacks.first)
        #expect(callbacks.count == 1)
        #expect(callback.url.text == Self.hook)
        #expect(callback.method == .post)
        #expect(callback.fields == [.contentType: "application/json"])
        let spans = try spans(callback)
        #expect(spans.map { $0["name"]?.string } == ["LLM Generation", "provider attempt 1: OpenAI"])
        let root = spans[0]
        #expect(root["traceId"]?.string == String(APIKey.hash(of: id).prefix(32)))
        #expect(root["spanId"]?.string == String(APIKey.hash(of: id).prefix(16)))
        #expect(root["parentSpanId"] == nil)
        #expect(root["kind"]?.int == 3)
        #expect(root["status"]?["code"]?.int == 1)
        #expect(root["startTimeUnixNano"]?.string == "\(World.mockTime)000")
        let end = try #require(root["endTimeUnixNano"]?.string.flatMap { Int64($0) })
        #expect(end > World.mockTime * 1000)
        #expect(spans[1]["parentSpanId"]?.string == root["spanId"]?.string)
        #expect(spans[1]["endTimeUnixNano"]?.string == root["endTimeUnixNano"]?.string)

        let record = try #require(office.world.generation(id: id, key: Request.mockKey))
        let found = attributes(root)
        let expected: [String: String] = [
            "trace.name": #"{"stringValue":"run"}"#,
            "trace.metadata.env": #"{"stringValue":"test"}"#,
            "trace.metadata.step": #"{"intValue":"2"}"#,
            "user.id": #"{"stringValue":"user-1"}"#,
            "session.id": #"{"stringValue":"session-1"}"#,
            "gen_ai.operation.name": #"{"stringValue":"chat"}"#,
            "gen_ai.provider.name": #"{"stringValue":"openai"}"#,
            "gen_ai.request.model": #"{"stringValue":"openai/gpt-4o-mini"}"#,
            "gen_ai.response.model": #"{"stringValue":"\#(record.model)"}"#,
            "gen_ai.response.id": #"{"stringValue":"\#(id)"}"#,
            "gen_ai.request.temperature": #"{"doubleValue":0.5}"#,
            "gen_ai.request.max_tokens": #"{"intValue":"100"}"#,
            "gen_ai.response.finish_reason": #"{"stringValue":"stop"}"#,
            "gen_ai.usage.input_tokens": #"{"intValue":"\#(record.usage.prompt)"}"#,
            "gen_ai.usage.output_tokens": #"{"intValue":"\#(record.usage.completion)"}"#,
            "gen_ai.usage.total_cost": #"{"doubleValue":\#(record.cost.json.text)}"#,
            "gen_ai.usage.input_cost": #"{"doubleValue":\#(record.promptCost.json.text)}"#,
            "trace.metadata.openrouter.api_key_name": #"{"stringValue":"Default"}"#,
            "trace.metadata.openrouter.provider_slug": #"{"stringValue":"openai"}"#,
            "trace.metadata.openrouter.entity_id": #"{"stringValue":"\#(record.accountID)"}"#,
        ]
        for (name, value) in expected { #expect(found[name] == value, "\(name)") }
        let prompt = #"{"messages":[{"role":"user","content":"Name a color"}]}"#
        #expect(found["gen_ai.prompt"] == JSON.object(["stringValue": .string(prompt)]).text)
        #expect(found["gen_ai.completion"]?.contains("rawRequest") == true)
        #expect(found["trace.metadata.openrouter.user_agent"] == nil)
        #expect(found["trace.metadata.openrouter.is_byok"] == nil)
    }

    @Test("A client's own trace takes the generation in: by ids of its own, or by the digest of a name")
    func context() throws {
        try add()
        let callbacks = sent {
            _ = office.chat(
                #""trace":{"trace_id":"my run","generation_name":"Answer","parent_span_id":"0123456789abcdef"}"#
            )
            _ = office.chat(#""trace":{"trace_id":"0123456789ABCDEF0123456789ABCDEF","parent_span_id":"outer"}"#)
        }
        let roots = try callbacks.map { try spans($0)[0] }
        #expect(roots[0]["traceId"]?.string == String(APIKey.hash(of: "my run").prefix(32)))
        #expect(roots[0]["parentSpanId"]?.string == "0123456789abcdef")
        #expect(roots[0]["name"]?.string == "Answer")
        #expect(roots[1]["traceId"]?.string == "0123456789abcdef0123456789abcdef")
        #expect(roots[1]["parentSpanId"]?.string == String(APIKey.hash(of: "outer").prefix(16)))
    }

    @Test("Privacy mode leaves out what was said, and nothing else")
    func privacy() throws {
        try add(#","privacy_mode":true"#)
        let callback = try #require(sent { _ = office.chat(text: "Name a color") }.first)
        #expect(!String(decoding: callback.body, as: UTF8.self).contains("Name a color"))
        let found = attributes(try spans(callback)[0])
        for name in ["gen_ai.prompt", "gen_ai.completion", "trace.input", "span.output"] { #expect(found[name] == nil) }
        #expect(found["gen_ai.usage.input_tokens"] != nil)
    }

    @Test("Flags tell more of costs, identity and the request")
    func flags() throws {
        let names = ["is_byok", "user_agent", "native_finish_reason"]
        let flags = ["cost", "identity", "request_context"]
        for (flag, name) in zip(flags, names) {
            let office = Office()
            _ = try office.data(
                .post,
                "/observability/destinations",
                #"{"type":"webhook","name":"a","config":{"url":"\#(Self.hook)"},"broadcast_generation_\#(flag)":true}"#
            )
            _ = office.world.takeCallbacks()
            let body = #"{"model":"openai/gpt-4o-mini","messages":[{"role":"user","content":"Hi"}]}"#
            _ = Exchange(.chat(body, fields: [.userAgent: "test/1"]), in: office.world)
            let found = attributes(try spans(try #require(office.world.takeCallbacks().first))[0])
            for other in names {
                #expect((found["trace.metadata.openrouter.\(other)"] != nil) == (other == name), "\(other)")
            }
        }
    }

    @Test("Failed attempts, streams, tools and pictures are told")
    func details() throws {
        try add()
        let body = #"""
            {"model":"anthropic/claude-sonnet-4.5","stream":true,"messages":[{"role":"user","content":[{"type":"text","text":"Weather?"},
            {"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}]}],
            "tools":[{"type":"function","function":{"name":"get_weather","parameters":{"type":"object","properties":{}}}}],
            "tool_choice":"required"}
            """#
        let callback = try #require(
            sent { _ = Exchange(.chat(body), in: office.world, attempts: FailingProviders(count: 1)) }.first
        )
        let spans = try spans(callback)
        #expect(spans.count == 4)
        #expect(spans[1]["status"]?["code"]?.int == 2)
        #expect(attributes(spans[1])["http.response.status_code"] == #"{"intValue":"503"}"#)
        #expect(spans[2]["startTimeUnixNano"]?.string == spans[1]["endTimeUnixNano"]?.string)
        #expect(spans[2]["status"]?["code"]?.int == 1)
        #expect(spans[3]["name"]?.string == "generation")
        let found = attributes(spans[0])
        #expect(found["gen_ai.completion"]?.contains("get_weather") == true)
        #expect(found["gen_ai.completion"]?.contains("toolCalls") == true)
        #expect(found["gen_ai.prompt"]?.contains("Weather?") == true)
        #expect(!String(decoding: callback.body, as: UTF8.self).contains("base64"))
    }

    @Test("A destination gets what is meant for it: its keys, its sessions by sampling, what its rules admit")
    func selection() throws {
        let (hash, token) = try office.createKey(#"{"name":"the key"}"#)
        func count(_ members: String, _ calls: () -> Void) throws -> Int {
            let list = try office.data(.get, "/observability/destinations")
            for row in list.elements {
                _ = office.call(.delete, "/observability/destinations/\(row["id"]?.string ?? "")")
            }
            try add(members)
            return sent(calls).count
        }
        let both = {
            _ = office.chat(key: token)
            _ = office.chat()
        }
        #expect(try count("", both) == 2)
        #expect(try count(#","enabled":false"#, both) == 0)
        #expect(try count(#","api_key_hashes":["\#(hash)"]"#, both) == 1)
        let rules =
            #","filter_rules":{"groups":[{"rules":[{"field":"api_key_name","operator":"equals","value":"the key"}]}]}"#
        #expect(try count(rules, both) == 1)
        let words = #","filter_rules":{"groups":[{"rules":[{"field":"input","operator":"contains","value":"Hi"}]}]}"#
        #expect(try count(words) { _ = office.chat(text: "Hello") } == 0)
        #expect(try count(words, both) == 2)

        let sampled = try count(#","sampling_rate":0.5"#) { for _ in 0..<100 { _ = office.chat() } }
        #expect((30...70).contains(sampled))
        let session = try count(#","sampling_rate":0.5"#) {
            for _ in 0..<10 { _ = office.chat(#""session_id":"one""#) }
        }
        #expect([0, 10].contains(session), "all of a session or none")
        #expect(try count("") { _ = office.chat(model: "nobody/nothing") } == 0, "what is refused is no generation")
        #expect(try count("") { _ = office.chat(key: "sk-or-v1-other") } == 0, "another account's")
    }

    @Test("A new webhook or collector is asked whether it is there; other services are not called at all")
    func connectionTest() throws {
        try add(config: #"{"url":"\#(Self.hook)","method":"PUT","headers":{"X-Key":"secret","Host":"elsewhere"}}"#)
        try add(config: #"{"endpoint":"http://localhost:4318"}"#, type: "otel-collector")
        try add(config: #"{"endpoint":"http://localhost:4318/custom"}"#, type: "otel-collector")
        try add(config: #"{"apiKey":"k"}"#, type: "posthog")
        let tests = office.world.takeCallbacks()
        #expect(
            tests.map(\.url.text) == [Self.hook, "http://localhost:4318/v1/traces", "http://localhost:4318/custom"]
        )
        #expect(tests[0].method == .put)
        let name = try #require(HTTPField.Name("X-Key"))
        #expect(tests[0].fields == [.contentType: "application/json", name: "secret", .xTestConnection: "true"])
        #expect(tests.allSatisfy { $0.isConnectionTest && $0.body == Array(#"{"resourceSpans":[]}"#.utf8) })
        #expect(tests[0].isTaken(by: 204) && tests[0].isTaken(by: 400) && !tests[0].isTaken(by: 404))
        #expect(sent { _ = office.chat() }.map(\.url.text) == tests.map(\.url.text))
        #expect(office.world.takeCallbacks().isEmpty, "each is given once")
    }

    @Test("Of a world whose traces nobody takes, the latest are kept")
    func bound() throws {
        var queue = BroadcastQueue()
        let account = office.world.account(forKey: Request.mockKey)
        let destination = Destination(
            id: "a",
            accountID: account.id,
            workspaceID: account.defaultWorkspaceID,
            createdAt: 0,
            updatedAt: 0,
            config: try DestinationConfig(
                .webhook,
                try JSONDocument(parsing: #"{"url":"http://127.0.0.1:9/"}"#.utf8).root
            ),
            name: "a"
        )
        for number in 0..<5_000 {
            let record = GenerationRecord.make(id: "gen-\(number)")
            queue.append(contentsOf: [
                Broadcast(destination: destination, content: .generation(record, keyName: "", creatorUserID: ""))
            ])
        }
        let kept = queue.takeAll()
        #expect((1_000...2_000).contains(kept.count))
        guard case .generation(let last, _, _) = kept.last?.content else { throw Missing() }
        #expect(last.id == "gen-4999")
    }

    private struct Missing: Error {}
}

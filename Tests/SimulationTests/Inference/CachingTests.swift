internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes
internal import Testing

@testable internal import Simulation

@Suite("Response cache, prompt cache and sessions")
struct CachingTests {
    private static func fields(_ pairs: [String: String]) -> HTTPFields {
        var fields = HTTPFields()
        for (name, value) in pairs {
            if let name = HTTPField.Name(name) { fields[name] = value }
        }
        return fields
    }

    private static let body = #"{"model":"openai/gpt-4o-mini","messages":[{"role":"user","content":"Hi"}]}"#

    private static func ask(_ world: World, _ pairs: [String: String], _ body: String = body) -> Exchange {
        Exchange(.chat(body, fields: fields(pairs)), in: world)
    }

    private static func cacheFields(_ exchange: Exchange) -> [String] {
        ["Status", "Age", "TTL", "Source-Id"].map { name in
            HTTPField.Name("X-OpenRouter-Cache-" + name).flatMap { exchange.fields[$0] } ?? "-"
        }
    }

    @Test("The second equal request is a hit: a new id, the same words, no cost")
    func hit() throws {
        let world = World.make()
        let miss = Self.ask(world, ["X-OpenRouter-Cache": "true"])
        let hit = Self.ask(world, ["X-OpenRouter-Cache": "true", "X-OpenRouter-Metadata": "enabled"])
        let missID = try #require(miss.answered.generationID)
        #expect(Self.cacheFields(miss) == ["MISS", "-", "300", "-"])
        #expect(Self.cacheFields(hit) == ["HIT", "0", "300", missID])
        #expect(hit.answered.generationID != missID)
        #expect(hit.fields[.xGenerationID] == hit.answered.generationID)
        let (first, second) = (try miss.json(), try hit.json())
        #expect(second["id"]?.string == hit.answered.generationID)
        #expect(first["choices"]?.text == second["choices"]?.text)
        #expect(second["usage"]?["total_tokens"]?.int == 0)
        #expect(second["usage"]?["cost"]?.double == 0)
        #expect(second["openrouter_metadata"] == nil)
        let hitID = try #require(hit.answered.generationID)
        let record = try #require(world.generation(id: hitID, key: Request.mockKey))
        #expect(record.cacheSourceID == missID)
        #expect(world.account(forKey: Request.mockKey).ledger.total.dollars == first["usage"]?["cost"]?.double)
    }

    @Test(
        "Only Anthropic's caches keep a prompt for an hour",
        arguments: [("anthropic/claude-sonnet-4.5", true), ("google/gemini-2.5-flash", false)]
    )
    func hour(model: String, isKept: Bool) throws {
        let text = String(repeating: "word ", count: 2000)
        let body = #"""
            {"model":"\#(model)","max_tokens":2,"messages":[{"role":"user","content":[{"type":"text","text":"\#(text)",
            "cache_control":{"type":"ephemeral","ttl":"1h"}}]}]}
            """#
        let usage = try Exchange(.make(.post, "/messages", body: body)).json()["usage"]
        let written = try #require(usage?["cache_creation_input_tokens"]?.int)
        #expect(written >= 2000)
        #expect(usage?["cache_creation"]?["ephemeral_1h_input_tokens"]?.int == (isKept ? written : 0))
    }

    @Test("Text completions are not cached, and say nothing of a cache")
    func completions() {
        let world = World.make()
        var request = Request.completion(#"{"model":"openai/gpt-4o-mini","prompt":"Hi"}"#)
        request.fields[.xOpenRouterCache] = "true"
        for _ in 1...2 { #expect(Self.cacheFields(Exchange(request, in: world)) == ["-", "-", "-", "-"]) }
    }

    @Test("A stream that fails in its middle is not kept")
    func failedStream() throws {
        let world = World.make()
        let request = Request.chat(Self.body, fields: [.xOpenRouterCache: "true"]).streamed
        let attempts = ScriptedAttempts.breakingOff(ProviderFailure(.providerUnavailable))
        let broken = Exchange(request, in: world, attempts: attempts)
        #expect(broken.body.contains("The first half"))
        #expect(Self.cacheFields(broken) == ["-", "-", "-", "-"])
        #expect(Self.cacheFields(Exchange(request, in: world))[0] == "MISS")
        #expect(Self.cacheFields(Exchange(request, in: world))[0] == "HIT")
    }

    @Test("The cache is off unless asked for, and never says so")
    func off() {
        let world = World.make()
        for pairs in [[:], ["X-OpenRouter-Cache": "false"], ["X-OpenRouter-Cache": "yes"]] {
            _ = Self.ask(world, pairs)
            #expect(Self.cacheFields(Self.ask(world, pairs)) == ["-", "-", "-", "-"])
        }
    }

    @Test(
        "White space does not count; the order of members, the stream and the key do",
        arguments: [
            (#"{ "model":"openai/gpt-4o-mini", "messages":[{"role":"user","content":"Hi"}] }"#, "HIT"),
            (#"{"messages":[{"role":"user","content":"Hi"}],"model":"openai/gpt-4o-mini"}"#, "MISS"),
            (#"{"model":"openai/gpt-4o-mini","messages":[{"role":"user","content":"Hi"}],"stream":true}"#, "MISS"),
            (#"{"model":"openai/gpt-4o-mini","messages":[{"role":"user","content":"Hi"}],"stream":false}"#, "MISS"),
        ]
    )
    func key(body: String, status: String) {
        let world = World.make()
        _ = Self.ask(world, ["X-OpenRouter-Cache": "true"])
        #expect(Self.cacheFields(Self.ask(world, ["X-OpenRouter-Cache": "true"], body))[0] == status)
        let other = Request.chat(Self.body, key: "sk-or-v1-other", fields: Self.fields(["X-OpenRouter-Cache": "true"]))
        #expect(Self.cacheFields(Exchange(other, in: world))[0] == "MISS")
    }

    @Test(
        "The lifetime is read from leading digits and kept within a day",
        arguments: [
            ("60", "60"), ("60abc", "60"), ("1.5", "1"), ("abc", "300"), ("0", "1"), ("999999", "86400"), ("-5", "300"),
            ("99999999999999999999s", "86400"),
        ]
    )
    func lifetime(text: String, seconds: String) {
        let exchange = Self.ask(.make(), ["X-OpenRouter-Cache": "true", "X-OpenRouter-Cache-TTL": text])
        #expect(Self.cacheFields(exchange)[2] == seconds)
    }

    @Test("An entry that is cleared is filled anew; failures are not kept")
    func cleared() {
        let world = World.make()
        _ = Self.ask(world, ["X-OpenRouter-Cache": "true"])
        let cleared = Self.ask(world, ["X-OpenRouter-Cache": "true", "X-OpenRouter-Cache-Clear": "true"])
        #expect(Self.cacheFields(cleared)[0] == "MISS")
        #expect(Self.cacheFields(Self.ask(world, ["X-OpenRouter-Cache": "true"]))[0] == "HIT")
        let request = Request.chat(Self.body, key: "sk-or-v1-new", fields: Self.fields(["X-OpenRouter-Cache": "true"]))
        #expect(Exchange(request, in: world, attempts: ScriptedAttempts.failing(.init(.server))).status == 500)
        #expect(Self.cacheFields(Exchange(request, in: world))[0] == "MISS")
    }

    @Test("A streamed hit is a whole stream again")
    func streamed() throws {
        let world = World.make()
        let body = #"{"model":"openai/gpt-4o-mini","messages":[{"role":"user","content":"Hi"}],"stream":true}"#
        let miss = try Self.ask(world, ["X-OpenRouter-Cache": "true"], body).chunks()
        let hit = try Self.ask(world, ["X-OpenRouter-Cache": "true"], body).chunks()
        #expect(miss.count == hit.count)
        #expect(miss.first?["id"]?.string != hit.first?["id"]?.string)
        #expect(miss.first?["choices"]?.text == hit.first?["choices"]?.text)
        #expect(hit.last?["usage"]?["total_tokens"]?.int == 0)
    }

    @Test("A breakpoint is written to Anthropic's prompt cache once and read afterwards, at its prices")
    func promptCache() throws {
        let world = World.make()
        func usage(_ question: String) throws -> JSONValue {
            let body = #"""
                {"model":"anthropic/claude-sonnet-4.5","provider":{"only":["anthropic"]},"max_tokens":9,"messages":[
                {"role":"system","content":[{"type":"text","text":"\#(Self.long)","cache_control":{"type":"ephemeral"}}]},
                {"role":"user","content":"\#(question)"}]}
                """#
            let answer = try Exchange(.chat(body), in: world).json()
            return try #require(answer["usage"])
        }
        let first = try usage("One?")
        let second = try usage("Two?")
        let written = try #require(first["prompt_tokens_details"]?["cache_write_tokens"]?.int)
        #expect(written > 1024)
        #expect(first["prompt_tokens_details"]?["cached_tokens"]?.int == 0)
        #expect(second["prompt_tokens_details"]?["cached_tokens"]?.int == written)
        #expect(second["prompt_tokens_details"]?["cache_write_tokens"]?.int == 0)
        let (firstCost, secondCost) = (first["cost"]?.double ?? 0, second["cost"]?.double ?? .infinity)
        #expect(firstCost > 5 * secondCost)
    }

    private static let long = String(repeating: "All work and no play makes a dull day. ", count: 200)

    @Test(
        "cache_control beside the conversation, and on a tool, marks what stands before it",
        arguments: [
            (
                "/chat/completions",
                #""cache_control":{"type":"ephemeral"},"messages":[{"role":"user","content":"\#(long)"}]"#
            ),
            (
                "/chat/completions",
                #""messages":[{"role":"user","content":"Hi"}],"tools":[{"type":"function","function":"#
                    + #"{"name":"f","description":"\#(long)"},"cache_control":{"type":"ephemeral"}}]"#
            ),
            ("/responses", #""cache_control":{"type":"ephemeral"},"input":"\#(long)""#),
            (
                "/messages",
                #""cache_control":{"type":"ephemeral"},"messages":[{"role":"user","content":"\#(long)"}]"#
            ),
        ]
    )
    func automaticBreakpoint(path: String, members: String) throws {
        let world = World.make()
        let body = #"{"model":"anthropic/claude-sonnet-4.5","provider":{"only":["anthropic"]},\#(members)}"#
        let counts = try (0..<2).map { _ in
            let usage = try #require(try Exchange(.make(.post, path, body: body), in: world).json()["usage"])
            let details = usage["prompt_tokens_details"] ?? usage["input_tokens_details"] ?? usage
            return [
                details["cache_write_tokens"]?.int ?? details["cache_creation_input_tokens"]?.int ?? 0,
                details["cached_tokens"]?.int ?? details["cache_read_input_tokens"]?.int ?? 0,
            ]
        }
        #expect(counts[0][0] > 1024 && counts[0][1] == 0)
        #expect(counts[1] == [0, counts[0][0]])
    }

    @Test("A provider without a prompt cache reads nothing from it")
    func withoutPromptCache() throws {
        let model = try #require(Catalog.embedded["meta-llama/llama-3.3-70b-instruct"])
        let endpoint = try #require(
            model.endpoints.first { !$0.supportsImplicitCaching && $0.pricing[.cacheRead] == nil }
        )
        let world = World.make()
        let body = #"""
            {"model":"\#(model.id)","provider":{"only":["\#(endpoint.tag)"]},"max_tokens":9,"messages":[{"role":"user",
            "content":[{"type":"text","text":"\#(Self.long)","cache_control":{"type":"ephemeral"}}]}]}
            """#
        for _ in 0..<2 {
            let usage = try Exchange(.chat(body), in: world).json()["usage"]
            #expect(usage?["prompt_tokens_details"]?["cached_tokens"]?.int == 0)
        }
    }

    @Test("A session stays with its endpoint")
    func session() throws {
        var providers: Set<String> = []
        let world = World.make()
        for number in 0..<30 {
            let body = #"""
                {"model":"meta-llama/llama-3.3-70b-instruct","session_id":"s","messages":[
                {"role":"user","content":"Hi \#(number)"}]}
                """#
            providers.insert(try Exchange(.chat(body), in: world).json()["provider"]?.string ?? "none")
        }
        #expect(providers.count == 1)
    }
}

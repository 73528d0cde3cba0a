internal import NIOCore
internal import OpenRouterAPI
internal import ServerSentEvents
internal import Tapes
internal import Testing

@testable internal import Simulation

@Suite("Streamed and unstreamed")
struct StreamingLawTests {
    static let models = [
        "openai/gpt-4o", "openai/gpt-5-mini", "anthropic/claude-sonnet-4.5", "google/gemini-2.5-flash",
        "mistralai/mistral-large",
        "deepseek/deepseek-v3.2", "google/gemma-4-31b-it:free", "openrouter/auto", "~openai/gpt-latest",
        "moonshotai/kimi-k2.6",
    ]

    static let prompts = [
        "", "Hi", "Why is the sky blue?", "What is the weather in Paris?", "東京の天気はどうですか",
        "\"quotes\" \\ and\nlines\u{0}\u{2028}",
        "👩‍👩‍👧‍👦 family", "data: [DONE]", String(repeating: "long ", count: 300),
    ]

    /// A chat that may use anything at once.
    static func request(seed: UInt64) -> Request {
        var random = SeededGenerator(seed: seed)
        var members: [String] = []
        func sometimes(_ percent: Int, _ member: @autoclosure () -> String) {
            if random.chance(percent: percent) { members.append(member()) }
        }
        members.append(#""model":"\#(random.choice(of: models) ?? "")""#)
        let prompt = JSON.string(random.choice(of: prompts) ?? "").text
        let history = random.chance(percent: 20) ? ToolTests.result : ""
        members.append(#""messages":[{"role":"user","content":\#(prompt)}\#(history)]"#)
        let limit = random.integer(in: 1...60)
        let count = random.integer(in: 1...3)
        let alternatives = random.below(4)
        let effort = random.choice(of: ["minimal", "low", "medium", "high", "none"]) ?? ""
        let toolChoice = random.choice(of: ["auto", "none", "required"]) ?? ""
        let schema = random.choice(of: SchemaTable.rows.filter { $0.schema.hasPrefix("{") })?.schema ?? "{}"
        let stop = random.choice(of: [#"".""#, #"["e","a"]"#, #"["\n"," the"]"#, #""zzz""#]) ?? ""
        sometimes(40, #""max_tokens":\#(limit)"#)
        sometimes(20, #""n":\#(count)"#)
        sometimes(30, #""logprobs":true,"top_logprobs":\#(alternatives)"#)
        sometimes(30, #""reasoning":{"effort":"\#(effort)","exclude":\#(limit % 4 == 0)}"#)
        sometimes(30, ToolTests.tools + #","tool_choice":"\#(toolChoice)""#)
        sometimes(25, #""response_format":{"type":"json_schema","json_schema":{"name":"n","schema":\#(schema)}}"#)
        sometimes(20, #""stop":\#(stop)"#)
        sometimes(20, #""seed":\#(limit)"#)
        return .chat("{" + members.joined(separator: ",") + "}")
    }

    /// The costs that the catalog allows for this usage: the answer names its provider and not the endpoint.
    private static func costs(_ body: JSONValue) -> Set<String> {
        let slug = body["model"]?.string ?? ""
        let prompt = body["usage"]?["prompt_tokens"]?.int ?? 0
        let completion = body["usage"]?["completion_tokens"]?.int ?? 0
        let endpoints = Catalog.embedded[slug]?.endpoints.filter { $0.provider.name == body["provider"]?.string } ?? []
        return Set(
            endpoints.compactMap { endpoint in
                guard let input = endpoint.pricing.prompt, let output = endpoint.pricing.completion else { return nil }
                return (input * prompt + output * completion).json.text
            }
        )
    }

    @Test(
        "The deltas of a stream join to the unstreamed message, with the same usage and finish",
        arguments: 0..<200 as Range<UInt64>
    )
    func law(seed: UInt64) throws {
        let request = Self.request(seed: seed)
        let unstreamed = Exchange(request)
        #expect(unstreamed.status == 200, "seed \(seed): \(unstreamed.body)")
        let body = try unstreamed.json()
        let streamed = Exchange(request.streamed)
        let chunks = try streamed.chunks()
        let whole = ChatOutcome(unstreamed: body)
        #expect(ChatOutcome(streamed: chunks) == whole, "seed \(seed)")
        for choice in whole.choices {
            #expect(choice.details == choice.reasoning, "seed \(seed)")
            #expect(!choice.finishReason.isEmpty, "seed \(seed)")
            for call in choice.calls { #expect(throws: Never.self) { try JSONDocument(parsing: call.arguments.utf8) } }
        }
        // Every event is one frame, and exactly one chunk has the usage.
        #expect(streamed.tape.frames.count == chunks.count + 1)
        #expect(chunks.count { $0["usage"] != nil } == 1)
        #expect(chunks.allSatisfy { $0["id"]?.string == streamed.answered.generationID })
        #expect(
            try streamed.items().allSatisfy {
                if case .event(let event) = $0 { event.type == "message" } else { false }
            }
        )
    }

    @Test(
        "The cost is prompt times its price and completion times its price, exactly",
        arguments: 0..<200 as Range<UInt64>
    )
    func cost(seed: UInt64) throws {
        let body = try Exchange(Self.request(seed: seed)).json()
        let usage = try #require(body["usage"])
        let cost = try #require(usage["cost"]?.text)
        #expect(Self.costs(body).contains(cost), "seed \(seed): \(body.text)")
        #expect(usage["cost_details"]?["upstream_inference_cost"]?.text == cost)
        let prompt = try #require(usage["cost_details"]?["upstream_inference_prompt_cost"]?.double)
        let completion = try #require(usage["cost_details"]?["upstream_inference_completions_cost"]?.double)
        // Each of the three is the nearest double to an exact amount.
        let difference = USD(prompt) + USD(completion) - USD(try #require(usage["cost"]?.double))
        #expect(abs(difference.dollars) <= (prompt + completion).ulp)
        let total = (usage["prompt_tokens"]?.int ?? 0) + (usage["completion_tokens"]?.int ?? 0)
        #expect(usage["total_tokens"]?.int == total)
        if body["model"]?.string?.hasSuffix(":free") == true { #expect(cost == "0") }
    }

    @Test("The same seed, clock and requests give the same bytes in two worlds")
    func deterministic() {
        func run(_ world: World) -> [String] {
            (0..<60 as Range<UInt64>).map { number in
                let request = Self.request(seed: number / 2)
                let exchange = Exchange(number % 2 == 0 ? request : request.streamed, in: world)
                return exchange.head + exchange.body
            }
        }
        let first = run(.make(seed: 7))
        #expect(run(.make(seed: 7)) == first)
        let other = run(.make(seed: 8))
        #expect(zip(first, other).allSatisfy { $0 != $1 })
    }

    @Test("Another seed gives other words, another clock only other ids and dates")
    func seedsAndClocks() throws {
        let request = Request.chat(
            #"{"model":"openai/gpt-4o","messages":[{"role":"user","content":"Tell me about glaciers"}]}"#
        )
        let texts = try (0..<20 as Range<UInt64>).map { seed in
            ChatOutcome(unstreamed: try Exchange(request, in: .make(seed: seed)).json()).choices.first?.text
        }
        #expect(Set(texts).count == 20)
        let now = Exchange(request)
        let later = Exchange(request, in: .make(at: World.mockTime + 86_400_000_000))
        #expect(try ChatOutcome(unstreamed: now.json()) == ChatOutcome(unstreamed: later.json()))
        #expect(try later.json()["id"]?.string?.hasPrefix("gen-1790086400-") == true)
    }

    // MARK: - Text completions

    static func completion(seed: UInt64) -> Request {
        var random = SeededGenerator(seed: seed)
        var members = [
            #""model":"\#(random.choice(of: models) ?? "")""#,
            #""prompt":\#(JSON.string(random.choice(of: prompts) ?? "").text)"#,
        ]
        let limit = random.integer(in: 1...40)
        if random.chance(percent: 40) { members.append(#""max_tokens":\#(limit)"#) }
        if random.chance(percent: 30) { members.append(#""logprobs":\#(limit % 6)"#) }
        if random.chance(percent: 30) { members.append(#""reasoning":{"effort":"low"}"#) }
        if random.chance(percent: 20) { members.append(#""n":2"#) }
        if random.chance(percent: 20) { members.append(#""stop":["."]"#) }
        return .completion("{" + members.joined(separator: ",") + "}")
    }

    @Test(
        "The increments of a streamed text completion join to the unstreamed text",
        arguments: 0..<60 as Range<UInt64>
    )
    func completions(seed: UInt64) throws {
        let request = Self.completion(seed: seed)
        let body = try Exchange(request).json()
        #expect(body.names == ["id", "object", "created", "model", "provider", "choices", "usage"])
        let chunks = try Exchange(request.streamed).chunks()
        for choice in body["choices"]?.elements.map({ $0 }) ?? [] {
            #expect(
                choice.names == ["index", "text", "logprobs", "finish_reason", "native_finish_reason", "reasoning"]
            )
            let pieces = chunks.flatMap { $0["choices"]?.elements.map { $0 } ?? [] }.filter {
                $0["index"]?.int == choice["index"]?.int
            }
            #expect(pieces.compactMap { $0["text"]?.string }.joined() == choice["text"]?.string, "seed \(seed)")
            let thoughts = pieces.compactMap { $0["reasoning"]?.string }
            #expect(thoughts.joined() == choice["reasoning"]?.string ?? "", "seed \(seed)")
            #expect(pieces.last?["finish_reason"]?.text == choice["finish_reason"]?.text)
            #expect(pieces.dropLast().allSatisfy { $0["finish_reason"]?.isNull == true })
            let tokens = pieces.flatMap { $0["logprobs"]?["tokens"]?.elements.compactMap(\.string) ?? [] }
            #expect(tokens == choice["logprobs"]?["tokens"]?.elements.compactMap(\.string) ?? [])
            if !tokens.isEmpty { #expect(tokens.joined() == choice["text"]?.string) }
        }
        #expect(chunks.last?["choices"]?.text == "[]")
        #expect(chunks.last?["usage"]?.text == body["usage"]?.text)
        #expect(chunks.allSatisfy { $0["object"]?.string == "text_completion" })
    }
}

internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes
internal import TestSupport
internal import Testing

@testable internal import Simulation

@Suite("Accounts")
struct AccountTests {
    static let models = [
        "openai/gpt-4o", "anthropic/claude-sonnet-4.5", "google/gemma-4-31b-it:free", "mistralai/mistral-large",
        "openrouter/auto",
    ]

    private static func chat(_ number: Int, key: String, streamed: Bool = false) -> Request {
        let model = models[number % models.count]
        return .chat(
            #"{"model":"\#(model)","messages":[{"role":"user","content":"Question \#(number)"}],"stream":\#(streamed)}"#,
            key: key
        )
    }

    /// The last usage that an answer tells, streamed or not.
    private static func usage(_ exchange: Exchange, streamed: Bool) throws -> JSONValue {
        let body = streamed ? try exchange.chunks().last : try exchange.json()
        return try #require(body?["usage"])
    }

    @Test("After fifty generations over four keys /key, /credits and /generation agree")
    func books() throws {
        let world = World.make()
        var spent: [String: USD] = [:]
        for number in 0..<50 {
            let key = "sk-or-v1-key-number-\(number % 4)"
            let isStreamed = number % 3 == 0
            let exchange = Exchange(Self.chat(number, key: key, streamed: isStreamed), in: world)
            #expect(exchange.status == 200)
            let usage = try Self.usage(exchange, streamed: isStreamed)
            let id = try #require(exchange.answered.generationID)
            let record = try #require(world.generation(id: id, key: key))
            spent[key, default: .zero] += record.cost
            #expect(record.cost.json.text == usage["cost"]?.text)

            let generation = try #require(
                try Exchange(.get("/generation?id=\(id)", key: key), in: world).json()["data"]
            )
            #expect(generation["id"]?.string == id)
            #expect(generation["total_cost"]?.text == usage["cost"]?.text)
            #expect(generation["usage"]?.text == usage["cost"]?.text)
            #expect(generation["native_tokens_prompt"]?.text == usage["prompt_tokens"]?.text)
            #expect(generation["native_tokens_completion"]?.text == usage["completion_tokens"]?.text)
            #expect(generation["tokens_prompt"]?.text == usage["prompt_tokens"]?.text)
            #expect(generation["streamed"]?.bool == isStreamed)
            #expect(generation["model"]?.string == exchange.answered.model)
            #expect(generation["provider_name"]?.string == exchange.fields[.xProviderName])
        }
        #expect(spent.count == 4)
        for (key, amount) in spent {
            let data = try #require(try Exchange(.get("/key", key: key), in: world).json()["data"])
            for name in ["usage", "usage_daily", "usage_weekly", "usage_monthly"] {
                #expect(data[name]?.text == amount.json.text, "\(name)")
            }
            #expect(
                Exchange(.get("/credits", key: key), in: world).body
                    == #"{"data":{"total_credits":10000,"total_usage":\#(amount.json.text)}}"#
            )
        }
    }

    @Test("A thousand generations from many tasks are all booked, exactly")
    func concurrency() async throws {
        let world = World.make()
        var settings = SimulationSettings()
        settings.limitsFreeRequests = false
        let simulator = Simulator(settings: settings)
        let ids = await withTaskGroup(of: String?.self) { group in
            for number in 0..<1000 {
                group.addTask {
                    simulator.answer(Self.chat(number % 7, key: "k\(number % 3)"), in: world).generationID
                }
            }
            return await group.reduce(into: Set<String>()) { ids, id in if let id { ids.insert(id) } }
        }
        #expect(ids.count == 1000)
        var sums = [USD](repeating: .zero, count: 3)
        for id in ids {
            for key in 0..<3 { sums[key] += world.generation(id: id, key: "k\(key)")?.cost ?? .zero }
        }
        for key in 0..<3 { #expect(world.account(forKey: "k\(key)").ledger.total == sums[key]) }
        #expect(sums.allSatisfy { $0 > .zero })
    }

    @Test("Another key's generation does not exist")
    func otherKeys() throws {
        let world = World.make()
        let id = try #require(Exchange(Self.chat(0, key: "a"), in: world).answered.generationID)
        #expect(Exchange(.get("/generation?id=\(id)", key: "a"), in: world).status == 200)
        let exchange = Exchange(.get("/generation?id=\(id)", key: "b"), in: world)
        #expect(exchange.status == 404)
        let userID = world.account(forKey: "b").userID
        #expect(
            exchange.body
                == #"{"error":{"message":"Generation \#(id) not found","code":404},"user_id":"\#(userID)"}"#
        )
        let unknown = Exchange(.get("/generation?id=gen-0", key: "a"), in: world)
        #expect(unknown.status == 404)
        #expect(unknown.body.hasPrefix(#"{"error":{"message":"Generation gen-0 not found","code":404},"user_id""#))
    }

    @Test("A generation has to be named", arguments: ["/generation", "/generation?id=", "/generation?ids=gen-1"])
    func unnamedGeneration(path: String) {
        let exchange = Exchange(.get(path))
        #expect(exchange.status == 400)
        #expect(exchange.body.contains(#""field":"id""#))
    }

    @Test("A generation is told in full as pinned")
    func pinnedGeneration() throws {
        let world = World.make()
        let request = Request.chat(
            #"{"model":"anthropic/claude-sonnet-4.5","messages":[{"role":"user","content":"Why is the sky blue?"}],"#
                + #""user":"u-7","session_id":"ci-42"}"#,
            fields: [.referer: "https://example.org/app", .userAgent: "curl/8.5"]
        )
        let id = try #require(Exchange(request, in: world).answered.generationID)
        let exchange = Exchange(.get("/generation?id=\(id)"), in: world)
        try expectSnapshot(JSON(try exchange.json()).pretty() + "\n", "generation.json")
    }

    @Test("A generation that the client left is cancelled")
    func cancellation() throws {
        let world = World.make()
        let id = try #require(Exchange(Self.chat(0, key: "a"), in: world).answered.generationID)
        world.noteCancellation(ofGeneration: id, sentByteCount: 0, of: nil)
        let data = try Exchange(.get("/generation?id=\(id)", key: "a"), in: world).json()["data"]
        #expect(data?["cancelled"]?.bool == true)
    }

    @Test("With all credits spent inference is 402, and the rest goes on")
    func insufficientCredits() throws {
        let world = World.make()
        let key = "sk-or-v1-spent"
        world.book(key: key, cost: Account.openCredits - USD(picodollars: 1))
        #expect(Exchange(Self.chat(0, key: key), in: world).status == 200)
        for request in [
            Self.chat(2, key: key), Self.chat(1, key: key, streamed: true), .completion(#"{"prompt":"x"}"#, key: key),
        ] {
            let exchange = Exchange(request, in: world)
            #expect(exchange.status == 402)
            #expect(
                exchange.body
                    == #"{"error":{"message":"Insufficient credits. Add more using https://openrouter.ai/credits","code":402,"#
                    + #""metadata":{"limit_source":"openrouter_credits"}},"user_id":"\#(world.account(forKey: key).userID)"}"#
            )
        }
        #expect(Exchange(.get("/credits", key: key), in: world).status == 200)
        #expect(Exchange(.get("/key", key: key), in: world).status == 200)
        #expect(Exchange(.get("/models", key: key), in: world).status == 200)
        #expect(Exchange(Self.chat(0, key: "another"), in: world).status == 200)
        // A bad body comes before credits, credits before a bad model.
        #expect(Exchange(.chat("{}", key: key), in: world).status == 400)
        let unknownModel = #"{"model":"acme/nope","messages":[{"role":"user","content":"Hi"}]}"#
        #expect(Exchange(.chat(unknownModel, key: key), in: world).status == 402)
    }

    @Test("Images and videos take a dollar in credit, whatever they cost")
    func minimumBalance() throws {
        let world = World.make()
        world.openAccounts(with: USD(0.99))
        let painting =
            #"{"model":"google/gemini-2.5-flash-image","modalities":["image","text"],"#
            + #""messages":[{"role":"user","content":"A red panda"}]}"#
        let requests: [Request] = [
            ImageTests.request(), .chat(painting),
            .make(.post, "/videos", body: #"{"model":"google/veo-3.1","prompt":"A"}"#),
        ]
        for request in requests {
            let exchange = Exchange(request, in: world)
            #expect(exchange.status == 402)
            #expect(exchange.body.contains("requires a minimum balance of $1.00"), "\(exchange.body)")
            #expect(exchange.body.contains(#""limit_source":"openrouter_credits""#))
        }
        #expect(Exchange(Self.chat(0, key: Request.mockKey), in: world).status == 200)
        for request in requests {
            let rich = World.make()
            rich.openAccounts(with: .dollars(1))
            #expect(Exchange(request, in: rich).status < 300)
        }
    }

    @Test(
        "A label shows three characters at each end",
        arguments: [
            (Request.mockKey, "sk-or-v1-0e6...c96"), ("sk-or-v1-12345678", "sk-or-v1-..."),
            ("sk-or-v1-123456789", "sk-or-v1-123...789"),
            ("some-other-key", "sk-or-v1-som...key"), ("short", "sk-or-v1-..."),
        ]
    )
    func labels(key: String, label: String) {
        #expect(World.make().caller(token: key)?.key.label == label)
    }

    @Test("A key's account is the same in every world, and another key's is another")
    func identities() {
        let account = World.make().account(forKey: "a")
        #expect(account.userID == World.make(seed: 9).account(forKey: "a").userID)
        #expect(account.userID != World.make().account(forKey: "b").userID)
        #expect(account.userID.hasPrefix("user_") && account.userID.utf8.count == 32)
        #expect(account.credits == .dollars(10_000))
    }

    @Test("/key tells every field of the reference", arguments: ["/key", "/auth/key"])
    func keyFields(path: String) throws {
        let exchange = Exchange(.get(path))
        #expect(exchange.fields[.cacheControl] == "private, no-store")
        let data = try #require(try exchange.json()["data"])
        let expected: [(String, String)] = [
            ("label", #""sk-or-v1-0e6...c96""#), ("limit", "null"), ("limit_remaining", "null"),
            ("limit_reset", "null"),
            ("include_byok_in_limit", "false"), ("usage", "0"), ("usage_daily", "0"), ("usage_weekly", "0"),
            ("usage_monthly", "0"), ("byok_usage", "0"), ("byok_usage_daily", "0"), ("byok_usage_weekly", "0"),
            ("byok_usage_monthly", "0"), ("is_free_tier", "false"), ("is_management_key", "false"),
            ("is_provisioning_key", "false"), ("expires_at", "null"),
            (
                "rate_limit",
                #"{"requests":-1,"interval":"10s","note":"This field is deprecated and safe to ignore."}"#
            ),
        ]
        for (name, text) in expected { #expect(data[name]?.text == text, "\(name)") }
        #expect(data["creator_user_id"]?.string == World.make().account(forKey: Request.mockKey).userID)
    }
}

internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes
internal import Testing

@testable internal import Simulation

/// What a provider's key of the account's own does to calls.
@Suite("Calls with own keys")
struct OwnKeyUseTests {
    /// Served by OpenAI and by Azure.
    private static let model = "openai/gpt-4o-mini"

    private let office = Office()

    private func addKey(_ provider: String = "openai", _ members: String = "") throws -> String {
        let key = provider == "azure" ? #"{\"api_key\":\"a\",\"resource_name\":\"r\"}"# : "sk-proj-0123456789AbCd"
        let data = try office.data(.post, "/byok", #"{"provider":"\#(provider)","key":"\#(key)"\#(members)}"#)
        return try #require(data["id"]?.string)
    }

    private func usage(_ exchange: Exchange) throws -> JSONValue {
        try #require(exchange.status == 200, "\(exchange.body)")
        return try #require(try exchange.json()["usage"])
    }

    private func chat(attempts: any ProviderAttempts, key: String = Request.mockKey) -> Exchange {
        let body = #"{"model":"\#(Self.model)","messages":[{"role":"user","content":"Hi"}]}"#
        let request = Request.make(
            .post,
            "/chat/completions",
            body: body,
            key: key,
            fields: [.xOpenRouterMetadata: "enabled"]
        )
        return Exchange(request, in: office.world, by: office.simulator, attempts: attempts)
    }

    @Test("The provider is paid by the account: no cost in the allowance, and all views of the ledger agree")
    func billing() throws {
        let plain = try usage(office.chat())
        let list = try #require(plain["cost"]?.double)
        #expect(list > 0)
        #expect(plain["is_byok"]?.bool == false)
        _ = try addKey()
        let (hash, token) = try office.createKey(#"{"name":"a","limit":1,"include_byok_in_limit":true}"#)
        let exchange = office.chat(key: token)
        let own = try usage(exchange)
        #expect(own["is_byok"]?.bool == true)
        #expect(own["cost"]?.double == 0)
        #expect(own["cost_details"]?["upstream_inference_cost"]?.double == list)
        #expect(try exchange.json()["provider"]?.string == "OpenAI")

        let id = try #require(try exchange.json()["id"]?.string)
        let generation = try #require(try office.call(.get, "/generation?id=\(id)", key: token).json()["data"])
        #expect(generation["is_byok"]?.bool == true)
        #expect(generation["total_cost"]?.double == 0)
        #expect(generation["upstream_inference_cost"]?.double == list)
        #expect(generation["provider_responses"]?[0]?["is_byok"]?.bool == true)

        let key = try #require(try office.call(.get, "/key", key: token).json()["data"])
        let listed = try office.data(.get, "/keys/\(hash)")
        for view in [key, listed] {
            #expect(view["usage"]?.double == 0)
            for name in ["byok_usage", "byok_usage_daily", "byok_usage_weekly", "byok_usage_monthly"] {
                #expect(view[name]?.double == list)
            }
            #expect(view["limit_remaining"]?.double == 1 - list)
        }
        #expect(try office.call(.get, "/credits").json()["data"]?["total_usage"]?.double == list, "of the plain call")
    }

    @Test("Beyond the month's allowance OpenRouter takes 5 %, until the next month")
    func fee() throws {
        _ = try addKey()
        let account = office.world.account(forKey: Request.mockKey)
        func spend(_ dollars: Int) throws {
            var record = GenerationRecord(
                id: "gen-\(dollars)",
                caller: try #require(office.world.caller(token: Request.mockKey)),
                createdAt: office.world.now
            )
            record.byokCost = .dollars(dollars)
            office.world.book(record)
        }
        try spend(25_000)
        let own = try usage(office.chat())
        let list = try #require(own["cost_details"]?["upstream_inference_cost"]?.double)
        let fee = USD(try #require(own["cost"]?.double))
        #expect(fee * 20 == USD(list))
        #expect(office.world.withPlatform { platform, _ in platform.accounts[account.id]?.ledger.total } == fee)
        office.time.pass(seconds: 31 * 86_400)
        #expect(try usage(office.chat())["cost"]?.double == 0)

        #expect(OwnKeyFee.fee(for: .dollars(40), after: .zero) == .zero)
        #expect(OwnKeyFee.fee(for: .dollars(40), after: .dollars(24_980)) == .dollars(1), "of the part beyond")
        #expect(OwnKeyFee.fee(for: .dollars(40), after: .dollars(30_000)) == .dollars(2))
    }

    @Test("Own keys go first whatever the order, then OpenRouter's capacity, then fallback keys")
    func order() throws {
        let openAI = try addKey()
        let azure = try addKey("azure", #","is_fallback":true"#)
        let caller = try #require(office.world.caller(token: Request.mockKey))
        #expect(caller.ownKeys.map(\.id).sorted() == [openAI, azure].sorted())
        var request = RoutingRequest(models: [Self.model], purpose: .conversation, now: office.world.now)
        request.ownKeys = caller.ownKeys
        var generator = SeededGenerator(seed: 1)
        var plan = try Router(catalog: .embedded).plan(for: request, using: &generator)
        #expect(plan.candidates.first?.ownKeyID == openAI)
        // Azure has two endpoints.
        #expect(plan.candidates.suffix(2).map(\.ownKeyID) == [azure, azure])
        #expect(plan.candidates.dropFirst().dropLast(2).allSatisfy { !$0.isBYOK })
        #expect(plan.candidates.count == plan.considered.count + 3)

        request.preferences.order = ["azure", "openai"]
        plan = try Router(catalog: .embedded).plan(for: request, using: &generator)
        #expect(plan.candidates.map(\.endpoint.provider.slug).prefix(4) == ["openai", "azure", "azure", "openai"])
        request.preferences.order = []
        request.preferences.allowsFallbacks = false
        plan = try Router(catalog: .embedded).plan(for: request, using: &generator)
        #expect(plan.candidates.map(\.ownKeyID) == [openAI])
        request.preferences = ProviderPreferences()
        request.preferences.ignore = ["openai"]
        plan = try Router(catalog: .embedded).plan(for: request, using: &generator)
        #expect(plan.candidates.allSatisfy { $0.ownKeyID != openAI }, "filters hold for own keys too")
    }

    @Test("A key that fails or is refused is followed by OpenRouter's capacity, and the attempts say so")
    func fallback() throws {
        _ = try addKey()
        for type in [ErrorType.rateLimitExceeded, .authentication] {
            let exchange = chat(attempts: FailingProviders(count: 1, failure: ProviderFailure(type)))
            #expect(try usage(exchange)["is_byok"]?.bool == false)
            let metadata = try #require(try exchange.json()["openrouter_metadata"])
            #expect(metadata["is_byok"]?.bool == false)
            #expect(metadata["attempts"]?.count == 2)
            let id = try #require(try exchange.json()["id"]?.string)
            let attempts = try #require(
                try office.call(.get, "/generation?id=\(id)").json()["data"]?["provider_responses"]
            )
            #expect(attempts.elements.map { $0["is_byok"]?.bool } == [true, false])
        }
        let metadata = try chat(attempts: SyntheticAttempts()).json()["openrouter_metadata"]
        #expect(metadata?["is_byok"]?.bool == true)
        let failed = chat(attempts: ScriptedAttempts.failing(ProviderFailure(.rateLimitExceeded)))
        #expect(failed.status == 429)
        #expect(try failed.json()["error"]?["metadata"]?["is_byok"]?.bool == false, "the last one was OpenRouter's")
    }

    @Test(
        "A key that is disabled, or not for this model, key or user, is not used",
        arguments: [
            (#","disabled":true"#, false), (#","allowed_models":["openai/gpt-4o"]"#, false),
            (#","allowed_models":[]"#, false), (#","allowed_models":["openai/gpt-4o-mini"]"#, true),
            (#","allowed_user_ids":["user_nobody"]"#, false), (#","allowed_user_ids":["USER"]"#, true),
            (#","allowed_api_key_hashes":["OTHER"]"#, false), (#","allowed_api_key_hashes":["OWN"]"#, true),
            (#","workspace_id":null"#, true), (#","is_fallback":true"#, false),
        ]
    )
    func restrictions(members: String, isUsed: Bool) throws {
        let (hash, _) = try office.createKey()
        let members = members.replacing("USER", with: office.world.account(forKey: Request.mockKey).userID)
            .replacing("OTHER", with: hash).replacing("OWN", with: APIKey.hash(of: Request.mockKey))
        _ = try addKey("openai", members)
        #expect(try usage(office.chat())["is_byok"]?.bool == isUsed)
    }

    @Test("Another workspace's key is not used, and neither is one for a free variant")
    func scope() throws {
        let workspace = "11111111-2222-4333-8444-555555555555"
        let account = office.world.account(forKey: Request.mockKey)
        office.world.withPlatform { platform, now in
            platform.insert(Workspace(id: workspace, accountID: account.id, name: "b", slug: "b", createdAt: now))
        }
        _ = try addKey("openai", #","workspace_id":"\#(workspace)""#)
        #expect(try usage(office.chat())["is_byok"]?.bool == false)
        let (_, token) = try office.createKey(#"{"name":"a","workspace_id":"\#(workspace)"}"#)
        #expect(try usage(office.chat(key: token))["is_byok"]?.bool == true)

        let free = try #require(Catalog.embedded.models.first { $0.isFreeVariant && !$0.endpoints.isEmpty })
        _ = try addKey(free.endpoints[0].provider.slug)
        #expect(try usage(office.chat(model: free.id))["is_byok"]?.bool == false)
    }

    @Test("Other APIs know of own keys too, and a cached answer costs nobody anything")
    func otherAPIs() throws {
        _ = try addKey()
        let responses = office.call(.post, "/responses", #"{"model":"openai/gpt-4o-mini","input":"Hi"}"#)
        #expect(try usage(responses)["is_byok"]?.bool == true)
        let embeddings = office.call(
            .post,
            "/embeddings",
            #"{"model":"openai/text-embedding-3-small","input":"Hi"}"#
        )
        let id = try #require(embeddings.answered.generationID)
        let record = try #require(office.world.generation(id: id, key: Request.mockKey))
        #expect(record.isBYOK)
        #expect(record.cost == .zero)
        #expect(record.byokCost > .zero)

        let body = #"{"model":"openai/gpt-4o-mini","messages":[{"role":"user","content":"Cache me"}]}"#
        let request = Request.chat(body, fields: [.xOpenRouterCache: "true"])
        _ = Exchange(request, in: office.world, by: office.simulator)
        let spent = try #require(try office.call(.get, "/key").json()["data"]?["byok_usage"]?.text)
        let hit = Exchange(request, in: office.world, by: office.simulator)
        #expect(hit.fields[.xOpenRouterCacheStatus] == "HIT")
        #expect(try usage(hit)["is_byok"]?.bool == false)
        #expect(try office.call(.get, "/key").json()["data"]?["byok_usage"]?.text == spent)
    }
}

internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes
internal import TestSupport
internal import Testing

@testable internal import Simulation

@Suite("Endpoints and providers")
struct EndpointListingTests {
    private static let catalog = Catalog.embedded

    /// Reference: platform §2.5, in the order of its example.
    private static let members = [
        "name", "model_id", "model_name", "provider_name", "tag", "context_length", "max_completion_tokens",
        "max_prompt_tokens", "quantization", "pricing", "supported_parameters", "supports_implicit_caching",
        "supports_diarization",
        "supports_tool_choice", "native_tools", "service_tier", "status",
        "uptime_last_5m", "uptime_last_30m", "uptime_last_1d", "latency_last_30m", "throughput_last_30m",
    ]

    private static func data(_ path: String, key: String? = nil) throws -> JSONValue {
        let exchange = Exchange(.get(path, key: key))
        #expect(exchange.status == 200, "\(path)")
        return try #require(try exchange.json()["data"])
    }

    @Test("Every model tells its endpoints, with the catalog's figures")
    func everyModel() throws {
        for model in Self.catalog.models {
            let data = try Self.data("/models/\(model.id)/endpoints", key: Request.mockKey)
            #expect(data.names == ["id", "name", "created", "description", "architecture", "endpoints"], "\(model.id)")
            #expect(data["id"]?.string == model.id)
            #expect(data["name"]?.string == model.name)
            #expect(data["created"]?.int == model.created)
            let served = model.aliasTarget.flatMap { Self.catalog[$0] } ?? model
            #expect(data["endpoints"]?.count == served.endpoints.count, "\(model.id)")
            for (row, endpoint) in zip(data["endpoints"]?.elements.map { $0 } ?? [], served.endpoints) {
                #expect(row.names == Self.members, "\(model.id)")
                #expect(row["name"]?.string == "\(endpoint.provider.name) | \(served.canonicalSlug)")
                #expect(row["model_id"]?.string == served.id)
                #expect(row["tag"]?.string == endpoint.tag)
                #expect(row["context_length"]?.int == endpoint.contextLength)
                #expect(row["max_completion_tokens"]?.int == endpoint.maxCompletionTokens)
                #expect(row["pricing"]?["prompt"]?.string.flatMap(PriceTable.price) == endpoint.pricing.prompt)
                #expect(row["pricing"]?["discount"]?.double == endpoint.discount)
                #expect(row["status"]?.int == endpoint.status)
                #expect(row["latency_last_30m"]?["p50"]?.double == endpoint.latencyMilliseconds?.p50)
                #expect(row["throughput_last_30m"]?["p99"]?.double == endpoint.throughput?.p99)
            }
        }
    }

    @Test("One endpoint is told in full as pinned")
    func pinned() throws {
        let data = try Self.data("/models/meta-llama/llama-3.3-70b-instruct/endpoints", key: Request.mockKey)
        let row = try #require(data["endpoints"]?.elements.first { $0["pricing"]?["discount"]?.double != 0 })
        try expectSnapshot(JSON(row).pretty() + "\n", "endpoint.json")
    }

    @Test("Callers without a key that counts do not see latency and throughput")
    func anonymous() throws {
        let path = "/models/openai/gpt-4o/endpoints"
        let anonymous = try #require(try Self.data(path)["endpoints"]?[0])
        #expect(anonymous["latency_last_30m"]?.isNull == true)
        #expect(anonymous["throughput_last_30m"]?.isNull == true)
        #expect(anonymous["uptime_last_30m"]?.double != nil)

        var settings = SimulationSettings()
        settings.authentication = .strict
        settings.knownKeys = ["sk-or-v1-known": .inference]
        for (key, isSeen) in [("sk-or-v1-known", true), ("sk-or-v1-other", false)] {
            let exchange = Exchange(.get(path, key: key), by: Simulator(settings: settings))
            let row = try #require(try exchange.json()["data"]?["endpoints"]?[0])
            #expect(row["latency_last_30m"]?.isNull == !isSeen)
        }
    }

    @Test(
        "A model is found by id, variant, permanent slug and other spellings",
        arguments: [
            ("openai/gpt-4o", "openai/gpt-4o"), ("openai/gpt-4o:nitro", "openai/gpt-4o"),
            ("openai/gpt-4o:floor:online", "openai/gpt-4o"), ("openai/gpt-4o%3Anitro", "openai/gpt-4o"),
            ("google/gemma-4-31b-it:free", "google/gemma-4-31b-it:free"),
            ("anthropic/claude-4.5-sonnet-20250929", "anthropic/claude-sonnet-4.5"),
            ("anthropic/claude-sonnet-4-5", "anthropic/claude-sonnet-4.5"),
            ("~anthropic/claude-sonnet-latest", "~anthropic/claude-sonnet-latest"),
            ("openrouter/auto", "openrouter/auto"),
        ]
    )
    func names(path: String, id: String) throws {
        let row = try #require(Self.catalog[id])
        #expect(try Self.data("/model/\(path)").text == row.json.text)
        #expect(try Self.data("/models/\(path)/endpoints")["id"]?.string == id)
    }

    @Test(
        "An unknown model is not found",
        arguments: ["acme/nope-1", "openai/gpt-4o:free", "openai/gpt-4o:fastest", "gpt-4o/openai"]
    )
    func unknown(slug: String) {
        for path in ["/model/\(slug)", "/models/\(slug)/endpoints"] {
            let exchange = Exchange(.get(path, key: nil))
            #expect(exchange.status == 404)
            #expect(exchange.body == #"{"error":{"message":"Model \#(slug) not found","code":404}}"#)
        }
    }

    @Test("All endpoints that keep nothing are listed, and no others")
    func zeroDataRetention() throws {
        let expected = Self.catalog.models.filter { !$0.isLegacy }.flatMap { model in
            model.endpoints.filter(\.hasZeroDataRetention).map { "\(model.id) \($0.tag)" }
        }
        let rows = try Self.data("/endpoints/zdr").elements.map { $0 }
        #expect(rows.map { "\($0["model_id"]?.string ?? "") \($0["tag"]?.string ?? "")" } == expected)
        #expect(expected.count > 50)
        #expect(rows.allSatisfy { $0.names == Self.members })
        #expect(rows.allSatisfy { $0["latency_last_30m"]?.isNull == true })
    }

    @Test("Providers are listed with what is known of them")
    func providers() throws {
        let rows = try Self.data("/providers").elements.map { $0 }
        #expect(rows.count == 82)
        #expect(
            rows.first { $0["slug"]?.string == "alibaba" }?.text
                == #"{"name":"Alibaba","slug":"alibaba","privacy_policy_url":null,"terms_of_service_url":null,"#
                + #""status_page_url":null,"headquarters":"SG","datacenters":["SG","CN"]}"#
        )
        #expect(rows.first { $0["slug"]?.string == "ambient" }?["headquarters"]?.isNull == true)
        #expect(rows.first { $0["slug"]?.string == "ambient" }?["datacenters"]?.count == 0)
        #expect(rows.first { $0["slug"]?.string == "azure" }?["datacenters"]?.isNull == true)
        let names = Set(rows.compactMap { $0["name"]?.string })
        let serving = Set(Self.catalog.models.flatMap(\.endpoints).map(\.provider.name))
        #expect(serving.subtracting(names).isEmpty)
    }

    // MARK: - Other model listings

    @Test("The models of a user are those of everybody, for callers with a key")
    func userModels() throws {
        #expect(Exchange(.get("/models/user", key: nil)).status == 401)
        let mine = Exchange(.get("/models/user"))
        #expect(mine.body == Exchange(.get("/models")).body)
        #expect(mine.fields[.cacheControl] == nil)
        let page = try Exchange(.get("/models/user?limit=2")).json()
        #expect(page["data"]?.count == 2)
        #expect(page["links"]?["next"]?.string == "/api/v1/models/user?offset=2&limit=2")
    }

    @Test("Embedding models have a listing of their own, in pages")
    func embeddingModels() throws {
        let all = try Exchange(.get("/embeddings/models", key: nil)).json()
        let expected = try Exchange(.get("/models?output_modalities=embeddings", key: nil)).json()
        #expect(all.text == expected.text)
        let count = try #require(all["total_count"]?.int)
        #expect(count > 1)
        let page = try Exchange(.get("/embeddings/models?limit=1&output_modalities=text", key: nil)).json()
        #expect(page["data"]?.count == 1)
        #expect(page["total_count"]?.int == count)
        #expect(page["links"]?["next"]?.string == "/api/v1/embeddings/models?offset=1&limit=1")
        #expect(Exchange(.get("/embeddings/models?limit=0", key: nil)).status == 400)
    }
}

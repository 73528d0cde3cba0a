internal import OpenRouterAPI
internal import Testing

@testable internal import Simulation

@Suite("Router")
struct RouterTests {
    static let router = Router(catalog: .embedded)

    private static func route(
        _ slug: String?,
        seed: UInt64 = 0,
        by router: Router = router
    ) throws -> RouteCandidate {
        var generator = SeededGenerator(seed: seed)
        let request = RoutingRequest(models: slug.map { [$0] } ?? [], purpose: .conversation, now: 0)
        return try #require(try router.plan(for: request, using: &generator).candidates.first)
    }

    @Test(
        "A slug leads to its model, and the answer names it",
        arguments: [
            ("openai/gpt-4o", "openai/gpt-4o", "openai/gpt-4o"),
            ("openai/gpt-5-mini", "openai/gpt-5-mini", "openai/gpt-5-mini-2025-08-07"),
            ("openai/gpt-5-mini-2025-08-07", "openai/gpt-5-mini", "openai/gpt-5-mini-2025-08-07"),
            ("google/gemma-4-31b-it:free", "google/gemma-4-31b-it:free", "google/gemma-4-31b-it:free"),
            ("google/gemma-4-31b-it-20260402", "google/gemma-4-31b-it", "google/gemma-4-31b-it-20260402"),
            (
                "qwen/qwen-plus-2025-07-28:thinking", "qwen/qwen-plus-2025-07-28:thinking",
                "qwen/qwen-plus-2025-07-28:thinking"
            ),
            ("~openai/gpt-latest", "openai/gpt-5.5", "openai/gpt-5.5-20260423"),
            ("openai/gpt-4o:nitro", "openai/gpt-4o", "openai/gpt-4o"),
            ("openai/gpt-4o:floor", "openai/gpt-4o", "openai/gpt-4o"),
            ("openai/gpt-4o:online", "openai/gpt-4o", "openai/gpt-4o"),
            ("openai/gpt-4o:exacto", "openai/gpt-4o", "openai/gpt-4o"),
            ("google/gemma-4-31b-it:free:online", "google/gemma-4-31b-it:free", "google/gemma-4-31b-it:free"),
            ("openai/gpt-4o:nitro:online", "openai/gpt-4o", "openai/gpt-4o"),
            ("~openai/gpt-latest:nitro", "openai/gpt-5.5", "openai/gpt-5.5-20260423"),
            // A listed variant is a row of its own.
            ("moonshotai/kimi-k2-0905:exacto", "moonshotai/kimi-k2-0905:exacto", "moonshotai/kimi-k2-0905:exacto"),
        ]
    )
    func slugs(requested: String, id: String, served: String) throws {
        let route = try Self.route(requested)
        #expect(route.model.id == id)
        #expect(route.servedModel == served)
        #expect(route.router == nil)
    }

    @Test(
        "An unknown slug is no valid model ID",
        arguments: [
            "acme/nope-1", "gpt-4o", "openai/gpt-4o:cheap", "openai/GPT-4o", " openai/gpt-4o",
            ":nitro",
            "openai/", "~openai/gpt", "acme/nope:nitro",
        ]
    )
    func unknown(slug: String) {
        #expect(throws: APIError.invalidModel(slug, requestedModels: [slug])) { try Self.route(slug) }
    }

    @Test(
        "A model of another endpoint is refused",
        arguments: [
            ("openai/text-embedding-3-small", "embeddings"), ("cohere/rerank-v3.5", "rerank"),
            ("google/veo-3.1", "video"),
            ("hexgrad/kokoro-82m", "speech"), ("openai/whisper-large-v3", "transcription"),
        ]
    )
    func otherEndpoints(slug: String, output: String) {
        #expect(throws: APIError.wrongEndpoint(slug, outputs: [output], requestedModels: [slug])) {
            try Self.route(slug)
        }
    }

    @Test("A model that nobody serves has no endpoints")
    func noEndpoints() throws {
        let catalog = Catalog(
            models: try JSONDocument(parsing: #"[{"id":"acme/idle","name":"Idle","created":1}]"#.utf8).root,
            providers: try JSONDocument(parsing: "[]".utf8).root
        )
        let error = #expect(throws: APIError.self) { try Self.route("acme/idle", by: Router(catalog: catalog)) }
        #expect(error?.message == "No endpoints found for acme/idle.")
        #expect(throws: APIError.noModelsMatch(requestedModels: ["openrouter/auto"])) {
            try Self.route(nil, by: Router(catalog: catalog))
        }
    }

    @Test(
        "The automatic router chooses concrete models, each sometimes",
        arguments: [nil, "openrouter/auto", "openrouter/auto:nitro"]
    )
    func automatic(slug: String?) throws {
        let routes = try (0..<200 as Range<UInt64>).map { try Self.route(slug, seed: $0) }
        #expect(routes.allSatisfy { $0.router == "openrouter/auto" && $0.model.author != "openrouter" })
        #expect(Set(routes.map(\.model.id)).count == 3)
    }

    @Test("The free router chooses among models that cost nothing")
    func free() throws {
        let routes = try (0..<200 as Range<UInt64>).map { try Self.route("openrouter/free", seed: $0) }
        #expect(routes.allSatisfy { $0.router == "openrouter/free" && $0.endpoint.pricing.isFree })
        #expect(Set(routes.map(\.model.id)).count > 5)
    }

    @Test("The same seed gives the same route")
    func deterministic() throws {
        for seed in 0..<100 as Range<UInt64> {
            for slug in ["openai/gpt-5.1", "openrouter/auto", "openrouter/free"] {
                let first = try Self.route(slug, seed: seed)
                let second = try Self.route(slug, seed: seed)
                #expect(first.model.id == second.model.id)
                #expect(first.endpoint.tag == second.endpoint.tag)
            }
        }
    }

    @Test("Endpoints are chosen with weight 1/price²")
    func weights() throws {
        // A $1, C $3: nine to one, as in the provider guide.
        let rows = #"""
            [{"id":"acme/one","name":"One","created":1,"pricing":{"prompt":"0.000001","completion":"0"},"endpoints":[
            {"provider":"A"},{"provider":"C","prompt":"0.000003"},{"provider":"Down","prompt":"0.0000001","status":-2}]}]
            """#
        let catalog = Catalog(
            models: try JSONDocument(parsing: rows.utf8).root,
            providers: try JSONDocument(parsing: "[]".utf8).root
        )
        var counts: [String: Int] = [:]
        for seed in 0..<10_000 as Range<UInt64> {
            let route = try Self.route("acme/one", seed: seed, by: Router(catalog: catalog))
            counts[route.endpoint.provider.name, default: 0] += 1
        }
        // Five standard deviations are 150.
        #expect((8850...9150).contains(counts["A"] ?? 0), "\(counts)")
        #expect(counts["Down"] == nil)
    }

    @Test("Over all models of the catalog, endpoints are chosen by their prices")
    func catalogWeights() throws {
        let models = Catalog.embedded.models.filter { model in
            model.endpoints.count > 1 && model.outputModalities == ["text"] && !model.pricing.isFree
                && Set(model.endpoints.map { $0.pricing.completion ?? .zero }).count > 1
        }
        #expect(models.count > 10)
        for model in models.prefix(12) {
            let best = model.endpoints.map(EndpointHealth.init).min()
            let endpoints = model.endpoints.filter { EndpointHealth($0) == best }
            let weights = endpoints.map { endpoint in
                let price = (endpoint.pricing.prompt ?? .zero).dollars + (endpoint.pricing.completion ?? .zero).dollars
                return 1 / (price * price)
            }
            var counts: [String: Int] = [:]
            for seed in 0..<2000 as Range<UInt64> {
                counts[try Self.route(model.id, seed: seed).endpoint.tag, default: 0] += 1
            }
            for (endpoint, weight) in zip(endpoints, weights) {
                let expected = 2000 * weight / weights.reduce(0, +)
                #expect(abs(Double(counts[endpoint.tag] ?? 0) - expected) < 115, "\(model.id) at \(endpoint.tag)")
            }
            #expect(counts.keys.allSatisfy { tag in endpoints.contains { $0.tag == tag } })
        }
    }

    @Test("Where no endpoint is healthy, all are chosen from")
    func unhealthy() throws {
        let rows = #"""
            [{"id":"acme/one","name":"One","created":1,"pricing":{"prompt":"0.000001","completion":"0"},
            "endpoints":[{"provider":"A","status":-2},{"provider":"B","status":-5}]}]
            """#
        let catalog = Catalog(
            models: try JSONDocument(parsing: rows.utf8).root,
            providers: try JSONDocument(parsing: "[]".utf8).root
        )
        var names: Set<String> = []
        for seed in 0..<100 as Range<UInt64> {
            names.insert(try Self.route("acme/one", seed: seed, by: Router(catalog: catalog)).endpoint.provider.name)
        }
        #expect(names == ["A", "B"])
    }
}
